using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>
/// Closes the binary logs of instances every hour and deletes those that were closed longer ago than <c>binlog retention hours</c>; without a retention
/// they go at once, as on RDS. Their age is on the cloud's time, which servers don't know: it counts from when a file was first seen to be closed.
/// </summary>
internal sealed class BinlogRetention(RdsState state, InstanceServers servers, CloudClock clock, ILogger<BinlogRetention> log) : IHostedService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // How long another's server keeps its binary logs is its owner's affair.
        if (!servers.AreExisting)
            Schedule();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Schedule() => clock.After(Interval, "deleting old binary logs", async () =>
    {
        foreach (var instance in state.Instances.All.Select(one => one.Value).Where(one => one is { Status: InstanceStatus.Available, BackupRetentionPeriod: > 0 }).ToList())
        {
            try
            {
                await PurgeAsync(instance);
            }
            catch (ServiceException error)
            {
                // A server that was stopped meanwhile; the next hour finds it again.
                log.LogWarning("The binary logs of {Id} were not looked at: {Reason}", instance.Id, error.Message);
            }
        }

        Schedule();
    });

    private async Task PurgeAsync(InstanceState instance)
    {
        var server = servers.Of(instance);
        var answer = await server.ExecuteAsync("FLUSH BINARY LOGS; SELECT COALESCE(MAX(value), '0') FROM mysql.rds_configuration WHERE name = 'binlog retention hours'; SHOW BINARY LOGS;");
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var retention = TimeSpan.FromHours(int.Parse(lines[0], CultureInfo.InvariantCulture));
        var files = lines[1..].Select(line => line.Split('\t')[0]).ToList();
        var now = clock.GetUtcNow();
        var since = instance.ClosedBinlogs.ToDictionary(one => one.File, one => one.Since, StringComparer.Ordinal);
        var closed = files.SkipLast(1).Select(file => new ClosedBinlog(file, since.GetValueOrDefault(file, now))).ToList();
        var old = closed.TakeWhile(one => one.Since + retention <= now).Count();
        // A file that somebody reads, or whose transactions the engine has not saved yet, stays with those after it, until a later hour.
        if (old > 0)
            await server.ExecuteAsync($"PURGE BINARY LOGS TO '{files[old]}';");
        // All of them: those that are gone aren't listed the next time, and those that stayed are as old as they were.
        state.Instances.Update(instance.Key, one => one with { ClosedBinlogs = closed });
    }
}
