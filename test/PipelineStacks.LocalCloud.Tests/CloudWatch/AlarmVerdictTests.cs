using PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

namespace PipelineStacks.LocalCloud.Tests.CloudWatch;

/// <summary>The tables of AWS's "Configuring how CloudWatch alarms treat missing data", and what stands around them.</summary>
public sealed class AlarmVerdictTests
{
    private const string Present = "PRESENT";

    // Oldest first: 0 within the threshold, X breaching, - missing. Then the state with missing data as missing / ignore / breaching / notBreaching.
    [Theory]
    [InlineData(3, 3, "0-X-X", "OK OK OK OK")]
    [InlineData(3, 3, "0----", "OK OK OK OK")]
    [InlineData(3, 3, "-----", "INSUFFICIENT_DATA PRESENT ALARM OK")]
    [InlineData(3, 3, "0XX-X", "ALARM ALARM ALARM ALARM")]
    [InlineData(3, 3, "--X--", "ALARM PRESENT ALARM OK")]
    [InlineData(3, 2, "0-X-X", "ALARM ALARM ALARM ALARM")]
    [InlineData(3, 2, "00X0X", "ALARM ALARM ALARM ALARM")]
    [InlineData(3, 2, "0-X--", "OK OK ALARM OK")]
    [InlineData(3, 2, "----0", "OK OK ALARM OK")]
    [InlineData(3, 2, "---X-", "ALARM PRESENT ALARM OK")]
    [InlineData(3, 3, "----X", "PRESENT PRESENT ALARM OK")]
    [InlineData(3, 2, "----X", "PRESENT PRESENT ALARM OK")]
    [InlineData(3, 3, "XXXXX", "ALARM ALARM ALARM ALARM")]
    [InlineData(3, 3, "XXXX0", "OK OK OK OK")]
    [InlineData(3, 2, "XXX00", "OK OK OK OK")]
    [InlineData(3, 1, "00X00", "ALARM ALARM ALARM ALARM")]
    [InlineData(1, 1, "00X", "ALARM ALARM ALARM ALARM")]
    [InlineData(1, 1, "XX0", "OK OK OK OK")]
    [InlineData(1, 1, "X--", "ALARM ALARM ALARM ALARM")]
    [InlineData(1, 1, "---", "INSUFFICIENT_DATA PRESENT ALARM OK")]
    public void State_OfAnEvaluationRange_IsThatOfTheDocuments(int periods, int toAlarm, string range, string expected)
    {
        var slots = range.Select(letter => letter switch
        {
            'X' => Slot.Breaching,
            '0' => Slot.Within,
            _ => Slot.Missing,
        }).ToList();
        string[] treatments = ["missing", "ignore", "breaching", "notBreaching"];
        string.Join(' ', treatments.Select(missing => AlarmVerdict.Decide(slots, periods, toAlarm, missing, Present))).ShouldBe(expected);
    }

    [Fact]
    public void Range_OfThreePeriods_IsFive() => AlarmVerdict.RangeOf(3).ShouldBe(5);
}
