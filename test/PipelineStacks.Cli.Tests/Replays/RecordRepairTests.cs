using System.Text;
using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Cli.Replays;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Replays;

public sealed class RecordRepairTests
{
    private static readonly Dataset Events = DatasetCatalog.Find("film_events");
    private static readonly QuarantineObject Item = new("film_events", "clean-rejected", "2026-11-20", "a.json", 1);

    [Theory]
    [InlineData(null, null, """{"film":7,"platform":"ios"}""")]
    [InlineData("film=film_id", null, """{"platform":"ios","film_id":7}""")]
    [InlineData(null, "platform=other", """{"film":7,"platform":"other"}""")]
    [InlineData(null, "platform=", """{"film":7,"platform":null}""")]
    [InlineData("film=film_id", "film_id=8", """{"platform":"ios","film_id":"8"}""")]
    public void Record_MappedAndSet_IsChangedInThatOrder(string? map, string? set, string expected) =>
        Apply(Repairs(map: map, set: set), """{"film":7,"platform":"ios"}""").ShouldBe(expected);

    [Fact]
    public void Record_OfAFile_ComesInTheRejectedOnesPlace()
    {
        var rejected = Rejected("not JSON");
        var repairs = RecordRepairs.Of(Events, [$$$"""{"id": "{{{rejected.Id}}}", "dataset": "film_events", "record": {"film_id": 7}}"""], [], [], one: false);
        repairs.Ids.ShouldBe([rejected.Id]);
        repairs.Apply(rejected).Record!.ToJsonString().ShouldBe("""{"film_id":7}""");
        repairs.Apply(Rejected("[1]")).Error.ShouldBe("it is no JSON object: [1]");
    }

    [Fact]
    public void Options_ThatCannotBeUsed_AreAllTold() =>
        Should.Throw<UserError>(() => RecordRepairs.Of(
            Events,
            ["{}", """{"id": "a", "dataset": "rental", "record": {}}""", """{"id": "b", "record": {}}""", """{"id": "b", "record": {}}"""],
            ["platform", "a=b"],
            ["film=1", "event_id=1"],
            one: false)).Message.Split(Environment.NewLine).ShouldBe([
                """--repair, line 1: write {"id": "...", "record": {...}}, as quarantine show --format jsonl does.""",
                "--repair, line 2: the record is of rental, and film_events is replayed.",
                "--repair, line 4: the record b is there twice.",
                "--map platform: write --map old=new.",
                "--set film: film_events has no column 'film'. It has event_time, event_type, film_id, distributor, platform, state, event_id.",
                "--map a=b: film_events has no column 'b'. It has event_time, event_type, film_id, distributor, platform, state, event_id.",
                "--set event_id: all records would have one key and count as one. Name a single record by --id, or give each its own by --repair.",
            ]);

    [Fact]
    public void Id_OfARecord_IsItsOwnEvenAmongEqualOnes()
    {
        var line = Line("same");
        var (first, second) = (RejectedRecord.Read(Item, line, _ => 0), RejectedRecord.Read(Item, line, _ => 1));
        first.Id.ShouldNotBe(second.Id);
        RejectedRecord.Read(Item, line, _ => 0).Id.ShouldBe(first.Id);
        RejectedRecord.Read(Item with { Name = "b.json" }, line, _ => 0).Id.ShouldNotBe(first.Id);
    }

    [Theory]
    [InlineData("""{"rawData":"YQ==","lastErrorCode":"A","lastErrorMessage":"m","arrivalTimestamp":1000}""", "A", "m", "a")]
    [InlineData("""{"rawdata":"YQ==","errorcode":"B","errormessage":"m (in s3://b/a (1).json)"}""", "B", "m", "a")]
    [InlineData("{oops", RejectedRecord.Unreadable, null, "{oops")]
    [InlineData("[]", RejectedRecord.Unreadable, null, "[]")]
    [InlineData("""{"rawData":"%"}""", RejectedRecord.Unreadable, null, """{"rawData":"%"}""")]
    public void Line_OfFirehoseOrOfAJob_IsRead(string line, string code, string? reason, string text)
    {
        var record = RejectedRecord.Read(Item, line, _ => 0);
        (record.Code, record.Text).ShouldBe((code, text));
        if (reason is not null)
            record.Reason.ShouldBe(reason);
    }

    [Fact]
    public void Export_GivenBackAsItIs_IsTheSameRecord()
    {
        var rejected = Rejected("""{"film_id":"ü"}""");
        var line = RecordExport.ToJson(rejected, null, indented: false);
        RecordRepairs.Of(Events, [line], [], [], one: false).Apply(rejected).Record!["film_id"]!.GetValue<string>().ShouldBe("ü");
    }

    [Theory]
    [InlineData("quarantine/film_events/clean-rejected/arrival_date=2026-11-20/a/b.json", true)]
    [InlineData("quarantine/film_events/replayed/clean-rejected/arrival_date=2026-11-20/b.json", false)]
    [InlineData("quarantine/film_events/clean-rejected/arrival_date=2026-11-20/", false)]
    [InlineData("quarantine/film_events/clean-rejected/x", false)]
    public void Key_OfTheLayout_IsAFileOfRejectedRecords(string key, bool expected)
    {
        var found = QuarantineObject.Find(new(key, 1, default));
        (found is not null).ShouldBe(expected);
        if (found is not null)
        {
            found.Key.ShouldBe(key);
            QuarantineObject.IsLedger(found.LedgerKey).ShouldBeTrue();
        }
    }

    private static RecordRepairs Repairs(string? map, string? set) => RecordRepairs.Of(Events, null, map is null ? [] : [map], set is null ? [] : [set], one: false);

    private static string Apply(RecordRepairs repairs, string record) => repairs.Apply(Rejected(record)).Record!.ToJsonString();

    private static RejectedRecord Rejected(string data) => RejectedRecord.Read(Item, Line(data), _ => 0);

    private static string Line(string data) => $$"""{"rawData":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}}","errorCode":"C","errorMessage":"m"}""";
}
