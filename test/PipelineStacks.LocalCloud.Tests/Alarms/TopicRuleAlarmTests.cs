using System.Text;
using PipelineStacks.LocalCloud.Services.Iot.Rules;
using PipelineStacks.LocalCloud.Tests.Iot;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>What goes wrong between devices and the stream, and the alarms that tell of it.</summary>
public sealed class TopicRuleAlarmTests : IAsyncLifetime
{
    private const string Rule = "device-readings-stream-rule";

    private readonly TestCloud _devices = new();
    private AlarmCloud _cloud = null!;

    public async Task InitializeAsync()
    {
        await _devices.InitializeAsync();
        await _devices.StreamRuleAsync();
        _cloud = new(_devices);
        await _cloud.DeployAsync();
        await _cloud.MinutesAsync(3, PublishAsync);
        (await FiringAsync()).ShouldBeEmpty();
    }

    public Task DisposeAsync() => _devices.DisposeAsync();

    [Fact]
    public async Task Stream_ThatIsGone_FailsTheRule_AndCallsWhereNothingKeepsTheMessages()
    {
        await _devices.JsonAsync("Kinesis_20131202.DeleteStream", """{"StreamName":"readings"}""");
        (await _cloud.UntilAsync($"{Rule}-failure", "ALARM", 6, PublishAsync)).ShouldBeLessThanOrEqualTo(2);
        // There is no bucket yet either.
        (await _cloud.StateAsync($"{Rule}-error-action-failure")).ShouldBe("ALARM");
        (await _cloud.MailsAsync("telemetry-pipeline", "Critical")).ShouldBe(["OK", "ALARM"]);

        await _devices.ProvisionAsync("AWS::S3::Bucket", """{"BucketName":"quarantine"}""");
        await _cloud.UntilAsync("telemetry-pipeline", "OK", 20, PublishAsync);
        (await FiringAsync()).ShouldBe([$"{Rule}-failure"]);
        (await _cloud.MailsAsync($"{Rule}-error-action-failure")).ShouldBe(["OK", "ALARM", "OK"]);

        await _devices.CreateStreamAsync("readings");
        await _cloud.UntilAsync($"{Rule}-failure", "OK", 20, PublishAsync);
        (await _cloud.MailsAsync($"{Rule}-failure")).ShouldBe(["OK", "ALARM", "OK"]);
    }

    [Fact]
    public async Task Messages_ThatAreNoJson_AreParseErrors()
    {
        await _devices.RunAsync("telemetry/device-1/readings", """{"sequence_num""");
        (await _cloud.UntilAsync($"{Rule}-parse-error", "ALARM", 6, PublishAsync)).ShouldBeLessThanOrEqualTo(2);
        await _cloud.UntilAsync($"{Rule}-parse-error", "OK", 20, PublishAsync);
        (await _cloud.MailsAsync($"{Rule}-parse-error")).ShouldBe(["OK", "ALARM", "OK"]);
    }

    [Fact]
    public async Task Storm_OfOneDevice_IsMoreThanItsShardTakes_AndNothingOfItIsLost()
    {
        await _devices.ProvisionAsync("AWS::S3::Bucket", """{"BucketName":"quarantine"}""");

        (await _cloud.UntilAsync("device-readings-write-throttled", "ALARM", 5, StormAsync)).ShouldBe(3);
        (await FiringAsync()).ShouldBe([$"{Rule}-failure", "device-readings-write-throttled"], ignoreOrder: true);
        (await _devices.MetricAsync("ErrorActionSuccess", ("RuleName", DeviceCloud.StreamRule), ("ActionType", "S3"))).ShouldBe(3 * 200);

        await _cloud.UntilAsync($"{Rule}-failure", "OK", 20, PublishAsync);
        (await FiringAsync()).ShouldBeEmpty();
        (await _cloud.MailsAsync("telemetry-pipeline", "Critical")).ShouldNotContain("ALARM");
    }

    private Task PublishAsync() => _devices.PublishReadingAsync();

    // A shard takes a thousand records a second.
    private Task StormAsync() => _devices.Get<RulesEngine>().RunAsync(
        [.. Enumerable.Range(0, 1200).Select(i => new InboundMessage("telemetry/device-1/readings", Encoding.UTF8.GetBytes($$"""{"sequence_number":{{i}}}""")) { ClientId = "device-1" })]);

    /// <summary>But for what is stale, since nothing is delivered here.</summary>
    private async Task<IEnumerable<string>> FiringAsync() => (await _cloud.FiringAsync())
        .Where(alarm => alarm.StartsWith("device-readings-", StringComparison.Ordinal) && !alarm.EndsWith("-stale", StringComparison.Ordinal));
}
