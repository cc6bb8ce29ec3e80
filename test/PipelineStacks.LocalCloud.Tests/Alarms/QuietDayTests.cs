using PipelineStacks.LocalCloud.Services.Dms.Replication;
using PipelineStacks.LocalCloud.Tests.Dms;
using PipelineStacks.LocalCloud.Tests.Glue.Jobs;
using PipelineStacks.LocalCloud.Tests.Lambda;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>A day of normal load on all that alarms watch: an alarm that fires in it would be one that people learn to ignore.</summary>
[Collection(nameof(MariaDb))]
public sealed class QuietDayTests(MariaDb source) : IAsyncLifetime
{
    private const string Schema = "pipelines-qa";

    private readonly JobCloud _lake = new();
    private AlarmCloud _cloud = null!;
    private DmsCloud _dms = null!;
    private string _task = "";
    private string _function = "";

    private static string[] Jobs => [.. new[] { "clean-film-events", "clean-play-logs", "clean-sakila", "clean-telemetry", "quality", "curated" }.Select(job => $"pipelines-qa-{job}")];

    public async Task InitializeAsync()
    {
        await source.ExecuteAsync($"CREATE OR REPLACE DATABASE `{Schema}`; CREATE TABLE `{Schema}`.t (id INT AUTO_INCREMENT PRIMARY KEY); INSERT INTO `{Schema}`.t VALUES ();");
        await _lake.InitializeAsync();
        _cloud = new(_lake.Cloud);
        _dms = await DmsCloud.OnAsync(_lake.Cloud, source);
        await _dms.CallAsync("ModifyReplicationInstance", $$"""{"ReplicationInstanceArn":"{{_dms.Instance}}","ReplicationInstanceIdentifier":"pipelines-qa-replication"}""");
        _task = await _dms.TaskAsync(Schema);
        _function = await _lake.Cloud.NodeAsync("exports.handler = async () => 1;");
        await _cloud.StreamAsync();
        await _lake.Cloud.StreamRuleAsync();
        await _lake.Cloud.DeliveryRuleAsync();
        await _lake.TableAsync("clean", "counted", "n int", "snapshot string");
        foreach (var job in Jobs)
            await _lake.JobAsync(job, [("counted.sql", "-- target: ${clean}.counted\nSELECT CAST(1 AS INT) AS n")], """{"--enable-metrics":"true"}""");
        await _cloud.DeployAsync(("ReplicationTask", _task), ("AdminFunction", _function));
        await _dms.StartAsync(_task);
        await _dms.CapturingAsync(_task);
    }

    public Task DisposeAsync() => _lake.DisposeAsync();

    [Fact]
    public async Task Day_OfNormalLoad_SetsNothingOff()
    {
        await JobsAsync();
        await _cloud.MinutesAsync(10, TrafficAsync);
        (await _cloud.FiringAsync()).ShouldBeEmpty();
        var mails = await _cloud.CallsAsync();

        for (var hour = 0; hour < 24; hour++)
        {
            await source.ExecuteAsync($"INSERT INTO `{Schema}`.t VALUES ();");
            while (_lake.Cloud.Get<TaskRunners>().Find(_task)!.Changes.Waiting.Changes == 0)
                await Task.Delay(5);
            (await _lake.Cloud.InvokeAsync(_function)).Error.ShouldBeNull();
            if (hour == 12)
                await JobsAsync();
            for (var minute = 0; minute < 60; minute += 5)
            {
                await TrafficAsync();
                await _lake.Cloud.AdvanceAsync(TimeSpan.FromMinutes(5));
            }
        }

        (await _cloud.FiringAsync()).ShouldBeEmpty();
        (await _cloud.CallsAsync()).ShouldBe(mails);
    }

    private async Task TrafficAsync()
    {
        await _cloud.PutAsync(20);
        await _lake.Cloud.PublishReadingAsync();
    }

    private async Task JobsAsync()
    {
        foreach (var job in Jobs)
            await _lake.SucceedAsync(job);
    }
}
