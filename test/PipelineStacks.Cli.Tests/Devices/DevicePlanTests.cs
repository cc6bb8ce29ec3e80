using System.Text;
using System.Text.Json;
using PipelineStacks.Cli.Devices;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Devices;

public sealed class DevicePlanTests
{
    private static readonly TopicSource Source = (TopicSource)DatasetCatalog.Find("device_readings").Source;
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Messages_OfOneSeed_AreTheSame_AndOfAnotherDeviceOthers()
    {
        Texts(Plan(1, 1)).ShouldBe(Texts(Plan(1, 1)));
        Texts(Plan(1, 1)).ShouldNotBe(Texts(Plan(1, 2)));
    }

    [Fact]
    public void Messages_OfADeviceThatNeverFails_AreReadingsInTheirOrder()
    {
        var messages = new DevicePlan(Source, new(0, 0, 0, 0), TimeProvider.System, 1, 1).Messages(20, Start, TimeSpan.FromSeconds(10), 100);

        messages.Select(message => Json(message).GetProperty("sequence_number").GetInt64()).ShouldBe(Enumerable.Range(100, 20).Select(number => (long)number));
        messages.Select(message => Json(message).GetProperty("read_at").GetString()).Take(2).ShouldBe(["2026-11-20 09:00:00", "2026-11-20 09:00:10"]);
        messages.ShouldAllBe(message => !message.Late && !message.Malformed && !message.Repeats && !message.DropsBefore);
    }

    [Fact]
    public void Messages_ThatAreLate_ComeAfterNewerOnes_AndWereMeasuredUpTo30HoursBefore()
    {
        var messages = Plan(3, 1);
        var numbers = messages.Where(message => !message.Malformed).Select(message => Json(message).GetProperty("sequence_number").GetInt64()).ToList();

        numbers.SequenceEqual(numbers.Order()).ShouldBeFalse();
        numbers.Distinct().Count().ShouldBe(numbers.Count);
        messages.ShouldContain(message => message.Late);
    }

    [Fact]
    public void Messages_ThatAreMalformed_AreNoJson_AndAreNeverRepeated() =>
        Plan(5, 1).Where(message => message.Malformed).ShouldAllBe(message => !message.Repeats && !message.Filtered && !IsJson(message));

    [Fact]
    public void Messages_OfDevicesUnderTest_AreThoseThatTheRuleFilters() => Plan(7, 1).Where(message => !message.Malformed)
        .ShouldAllBe(message => message.Filtered == (Json(message).GetProperty("mode").GetString() == "test"));

    private static IReadOnlyList<PlannedMessage> Plan(ulong seed, int device) =>
        new DevicePlan(Source, new(0.1, 0.1, 0.2, 0.1), TimeProvider.System, seed, device).Messages(200, Start, TimeSpan.FromSeconds(1), 1);

    // Without the time that the sample draws and the plan replaces.
    private static List<string> Texts(IReadOnlyList<PlannedMessage> messages) => [.. messages.Select(message => Encoding.UTF8.GetString(message.Payload))];

    private static JsonElement Json(PlannedMessage message) => JsonDocument.Parse(message.Payload).RootElement;

    private static bool IsJson(PlannedMessage message)
    {
        try
        {
            return Json(message).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
