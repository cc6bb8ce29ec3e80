using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Cli.Replays;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Replays;

public sealed class MessageShapeTests
{
    private static readonly MessageShape Shape = new((TopicSource)DatasetCatalog.Find("device_readings").Source, TimeProvider.System);

    [Fact]
    public void Message_ThatARuleFailedAt_GetsWhatTheRuleWouldHaveAdded()
    {
        var payload = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"sequence_number":5,"temperature":21.5}"""));
        var rejected = RejectedRecord.Read(
            new("device_readings", "rule-failed", "2026-11-20", "a.json", 1),
            $$"""{"ruleName":"r","topic":"telemetry/meter-7/readings","base64OriginalPayload":"{{payload}}","failures":[{"failedAction":"FirehoseAction","failedResource":"d","errorMessage":"no"}]}""",
            _ => 0);
        var record = RecordExport.Parse(rejected.Text)!;

        Shape.Complete(record, rejected.Topic!).ShouldBeNull();
        record.Select(member => member.Key).ShouldBe(["sequence_number", "temperature", "device_id", "received_at"]);
        record["device_id"]!.ToString().ShouldBe("meter-7");
    }

    [Fact]
    public void Message_WithColumnsThatWereSet_KeepsThem()
    {
        var record = JsonNode.Parse("""{"sequence_number":5,"device_id":"meter-8","received_at":"2026-11-20 09:00:00"}""")!.AsObject();

        Shape.Complete(record, "telemetry/meter-7/readings").ShouldBeNull();
        record.ToJsonString().ShouldBe("""{"sequence_number":5,"device_id":"meter-8","received_at":"2026-11-20 09:00:00"}""");
    }

    [Fact]
    public void Message_OfADeviceUnderTest_IsNobodysReading() =>
        Shape.Complete(JsonNode.Parse("""{"sequence_number":5,"mode":"test"}""")!.AsObject(), "telemetry/meter-7/readings").ShouldBe("the topic rule passes over it");
}
