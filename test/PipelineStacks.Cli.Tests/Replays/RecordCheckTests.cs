using System.Text.Json.Nodes;
using PipelineStacks.Cli.Replays;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Replays;

public sealed class RecordCheckTests
{
    private static readonly Dataset Events = DatasetCatalog.Find("film_events");

    [Theory]
    [InlineData("""{"timestamp": "2026-11-20 10:00:00"}""", "2026-11-20 10:00:00")]
    [InlineData("""{"TimeStamp": "2026-11-20T10:00:00.250Z"}""", "2026-11-20 10:00:00.25")]
    [InlineData("""{"event_time": "2026-11-20T12:00:00+02:00"}""", "2026-11-20 10:00:00")]
    public void Time_InAnyUsualForm_IsWrittenInOne(string record, string expected) => Check(record).Values["event_time"]!.GetValue<string>().ShouldBe(expected);

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"film_id": "17"}""", null)]
    [InlineData("""{"timestamp": "2026-02-30 10:00:00"}""", "event_time is '2026-02-30 10:00:00', which is no timestamp from 1900-01-01 on")]
    [InlineData("""{"timestamp": null}""", "event_time is missing")]
    [InlineData("""{"event_id": null}""", "event_id is missing")]
    [InlineData("""{"film_id": 99999999999}""", "film_id is 99999999999, which is no int")]
    [InlineData("""{"film_id": 1.5}""", "film_id is 1.5, which is no int")]
    [InlineData("""{"film_id": {"id": 1}}""", "film_id is {\"id\":1}, which is no int")]
    [InlineData("""{"film_id": 1001}""", "film_id is 1001, and must be from 1 to 1000")]
    [InlineData("""{"eventType": "steal"}""", "event_type is 'steal', and must be one of rent, buy, trailer")]
    [InlineData("""{"genre": "new column"}""", null)]
    public void Record_Checked_TellsAllThatIsWrong(string change, string? error) => Check(change).Errors.ShouldBe(error is null ? [] : [error]);

    [Fact]
    public void Record_WithSeveralFaults_TellsThemAll() =>
        Check("""{"timestamp": "soon", "film_id": "x", "event_id": null}""").Errors.ShouldBe(["event_time is 'soon', which is no timestamp from 1900-01-01 on", "film_id is 'x', which is no int", "event_id is missing"]);

    [Theory]
    [InlineData("decimal(5,2)", "\"123.45\"", true)]
    [InlineData("decimal(5,2)", "1234", false)]
    [InlineData("decimal(5,2)", "1.234", false)]
    [InlineData("tinyint", "127", true)]
    [InlineData("tinyint", "128", false)]
    [InlineData("bigint", "9223372036854775807", true)]
    [InlineData("boolean", "true", true)]
    [InlineData("boolean", "1", true)]
    [InlineData("boolean", "2", false)]
    [InlineData("int", "\"12.0\"", true)]
    [InlineData("int", "\"12.5\"", false)]
    [InlineData("date", "\"1582-10-14\"", false)]
    [InlineData("timestamp", "\"0001-01-01 00:00:00\"", false)]
    [InlineData("double", "\"1e3\"", true)]
    [InlineData("double", "\"NaN\"", false)]
    [InlineData("date", "\"2024-02-29\"", true)]
    [InlineData("date", "\"2023-02-29\"", false)]
    [InlineData("array<string>", "[\"a\"]", true)]
    [InlineData("array<string>", "\"a\"", false)]
    [InlineData("string", "{}", false)]
    public void Value_OfEachType_IsTakenOrRefused(string type, string value, bool taken) =>
        (ValueCheck.Read(ColumnType.Parse(type), JsonNode.Parse(value)).Error is null).ShouldBe(taken);

    private static (IReadOnlyDictionary<string, JsonNode?> Values, IReadOnlyList<string> Errors) Check(string change)
    {
        var record = JsonNode.Parse("""{"timestamp": "2026-11-20 10:00:00", "eventType": "rent", "film_id": 1, "event_id": "e"}""")!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(change)!.AsObject())
        {
            if (key.Equals("event_time", StringComparison.Ordinal) || key.Equals("TimeStamp", StringComparison.Ordinal))
                record.Remove("timestamp");
            record[key] = value?.DeepClone();
        }

        return new RecordCheck(Events).Check(record);
    }
}
