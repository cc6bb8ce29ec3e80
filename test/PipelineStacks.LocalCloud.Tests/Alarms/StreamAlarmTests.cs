using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Tests.Glue.Jobs;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>Causes that a stream and its delivery suffer from, and the alarms that tell of them.</summary>
public sealed class StreamAlarmTests : IAsyncLifetime
{
    private readonly JobCloud _lake = new();
    private AlarmCloud _cloud = null!;

    public async Task InitializeAsync()
    {
        await _lake.InitializeAsync();
        _cloud = new(_lake.Cloud);
        await _cloud.StreamAsync();
        await _cloud.DeployAsync();
        // Jobs that never ran are stale; of the stream everything is well.
        await _cloud.MinutesAsync(3, () => _cloud.PutAsync(5));
        (await _cloud.FiringAsync()).ShouldAllBe(alarm => alarm.EndsWith("-stale", StringComparison.Ordinal));
    }

    public Task DisposeAsync() => _lake.DisposeAsync();

    [Fact]
    public async Task HotPartition_ThrottlesWrites_AndIsOverWithTheBurst()
    {
        async Task BurstAsync()
        {
            for (var i = 0; i < 4; i++)
                await _cloud.PutAsync(500);
        }

        (await _cloud.UntilAsync("film-events-write-throttled", "ALARM", 5, BurstAsync)).ShouldBe(3);
        (await _cloud.StateAsync("film-events-put-throttled")).ShouldBe("ALARM");
        await _cloud.UntilAsync("film-events-write-throttled", "OK", 20, () => _cloud.PutAsync(5));
        (await _cloud.StateAsync("film-events-put-throttled")).ShouldBe("OK");
        (await _cloud.MailsAsync("film-events-write-throttled")).ShouldBe(["OK", "ALARM", "OK"]);
        (await _cloud.MailsAsync("film-events-pipeline", "Critical")).ShouldNotContain("ALARM");
    }

    [Fact]
    public async Task Readers_TooMany_ThrottleEachOtherAndTheDelivery()
    {
        var iterator = await IteratorAsync("LATEST");
        async Task ReadAsync()
        {
            // Each second the readers take what the shard gives, so that the delivery finds nothing left.
            for (var second = 0; second < 60; second++)
            {
                for (var i = 0; i < 8; i++)
                    await _cloud.TryReadAsync(iterator);
                await _lake.Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
            }
        }

        for (var minute = 0; minute < 6; minute++)
            await ReadAsync();
        (await _cloud.StateAsync("film-events-read-throttled")).ShouldBe("ALARM");
        (await _cloud.StateAsync("film-events-delivery-read-throttled")).ShouldBe("ALARM");
        await _cloud.MinutesAsync(8, () => _cloud.PutAsync(5));
        (await _cloud.StateAsync("film-events-read-throttled")).ShouldBe("OK");
        (await _cloud.StateAsync("film-events-delivery-read-throttled")).ShouldBe("OK");
    }

    [Fact]
    public async Task Consumer_ThatStops_WarnsAtOnce_AndCallsWhenItIsFarBehind()
    {
        await _lake.Cloud.JsonAsync("Firehose_20150804.DeleteDeliveryStream", """{"DeliveryStreamName":"events"}""");
        // Nobody reads: five minutes without a value, the two that CloudWatch looks back further, and the one that was begun.
        (await _cloud.UntilAsync("film-events-iterator-age-warning", "ALARM", 10)).ShouldBeInRange(5, 10);
        await _cloud.PutAsync(10);
        await _lake.Cloud.AdvanceAsync(TimeSpan.FromHours(13));
        var iterator = await IteratorAsync("TRIM_HORIZON");
        (await _cloud.UntilAsync("film-events-iterator-age-critical", "ALARM", 6, () => _cloud.TryReadAsync(iterator, 1))).ShouldBeInRange(5, 6);
        (await _cloud.StateAsync("film-events-pipeline")).ShouldBe("ALARM");
        (await _cloud.MailsAsync("film-events-pipeline", "Critical")).Count(mail => mail == "ALARM").ShouldBe(1);
        await _cloud.DeliverAsync();
        await _cloud.UntilAsync("film-events-iterator-age-critical", "OK", 20, () => _cloud.PutAsync(5));
        await _cloud.UntilAsync("film-events-iterator-age-warning", "OK", 20, () => _cloud.PutAsync(5));
    }

    [Fact]
    public async Task Poison_IsConvertedToTheQuarantine_AndTold()
    {
        await _cloud.PutAsync(3, film: "\"not a number\"");
        (await _cloud.UntilAsync("film-events-delivery-failed-conversion", "ALARM", 4, () => _cloud.PutAsync(5))).ShouldBeLessThanOrEqualTo(3);
        (await _cloud.StateAsync("film-events-quarantine")).ShouldBe("ALARM");
        await _cloud.UntilAsync("film-events-delivery-failed-conversion", "OK", 20, () => _cloud.PutAsync(5));
        await _cloud.UntilAsync("film-events-quarantine", "OK", 20, () => _cloud.PutAsync(5));
        (await _cloud.MailsAsync("film-events-quarantine")).ShouldBe(["OK", "ALARM", "OK"]);
    }

    [Fact]
    public async Task Delivery_WithoutItsTable_FailsAndIsLate_AndCallsOnce()
    {
        await _lake.Cloud.JsonAsync("AWSGlue.DeleteTable", """{"DatabaseName":"landing","Name":"events"}""");
        await _cloud.UntilAsync("film-events-delivery-failed", "ALARM", 15, () => _cloud.PutAsync(5));
        await _cloud.UntilAsync("film-events-delivery-freshness", "ALARM", 30, () => _cloud.PutAsync(5));
        await _cloud.UntilAsync("film-events-delivery-stale", "ALARM", 30, () => _cloud.PutAsync(5));
        (await _cloud.MailsAsync("film-events-pipeline", "Critical")).ShouldBe(["OK", "ALARM"]);
        await _cloud.TableAsync();
        await _cloud.UntilAsync("film-events-pipeline", "OK", 30, () => _cloud.PutAsync(5));
        await _cloud.UntilAsync("film-events-delivery-stale", "OK", 20, () => _cloud.PutAsync(5));
        (await _cloud.MailsAsync("film-events-pipeline", "Critical")).ShouldBe(["OK", "ALARM", "OK"]);
    }

    private async Task<string> IteratorAsync(string type) => (string)(await _lake.Cloud.JsonAsync("Kinesis_20131202.GetShardIterator", new JsonObject
    {
        ["StreamName"] = "events",
        ["ShardId"] = "shardId-000000000000",
        ["ShardIteratorType"] = type,
    }.ToJsonString()))["ShardIterator"]!;
}
