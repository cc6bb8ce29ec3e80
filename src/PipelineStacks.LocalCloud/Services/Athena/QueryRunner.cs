using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Statements;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>
/// Runs queries in the background, a few at a time. A query waits for no time of the cloud's, so it ends while virtual time
/// stands still.
/// </summary>
internal sealed class QueryRunner(
    AthenaState state, StatementRunner statements, QueryMetrics metrics, IObjectStore store, DataDirectory data, TimeProvider time,
    ILogger<QueryRunner> log)
    : BackgroundService
{
    private const int AtOnce = 2;

    private readonly Channel<QueryJob> _queue = Channel.CreateUnbounded<QueryJob>();
    private readonly ConcurrentDictionary<ResourceKey, QueryJob> _open = new();

    public void Enqueue(QueryJob job)
    {
        _open[AthenaState.Key(job.Call, job.Id)] = job;
        _queue.Writer.TryWrite(job);
    }

    /// <summary>Stops a query that is waiting or running.</summary>
    public void Stop(Call call, string id)
    {
        var key = AthenaState.Key(call, id);
        if (!_open.TryGetValue(key, out var job))
            return;
        job.Stop.Cancel();
        Finish(job, query => query.In("CANCELLED", time.GetUtcNow(), "Query cancelled by user"));
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, query) in state.Queries.All.Where(item => !item.Value.IsOver))
            state.Queries.Put(key, query.In("FAILED", time.GetUtcNow(), "GENERIC_INTERNAL_ERROR: The local cloud stopped while the query ran."));
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)));

    private async Task WorkAsync(CancellationToken stopping)
    {
        await foreach (var job in _queue.Reader.ReadAllAsync(stopping))
        {
            using var interrupt = stopping.Register(job.Stop.Cancel);
            if (!job.Stop.IsCancellationRequested)
                await RunAsync(job, stopping);
            _open.TryRemove(AthenaState.Key(job.Call, job.Id), out _);
        }
    }

    private async Task RunAsync(QueryJob job, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        var file = Path.Combine(data.Folder("tmp", "athena"), $"{job.Id}.result");
        Finish(job, query => query.In("RUNNING"));
        try
        {
            var outcome = await statements.RunAsync(job, file);
            var size = new FileInfo(file).Length;
            await store.PutFileAsync(job.Call, job.Output.Bucket, job.Output.Prefix, file, job.Statement.Extension is ".csv" ? "text/csv" : "application/octet-stream");
            Finish(job, query => Succeeded(query, job, outcome, started, size));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            log.LogWarning("Query {Id} was running when the cloud stopped", job.Id);
        }
        catch (OperationCanceledException)
        {
            Finish(job, query => Timed(query.In("CANCELLED", time.GetUtcNow(), "Query cancelled by user"), job, started, 0));
        }
        catch (BytesScannedException error)
        {
            Finish(job, query => Timed(query.In("CANCELLED", time.GetUtcNow(), error.Message), job, started, error.Bytes));
        }
        catch (Exception error) when (error is SqlException or ServiceException)
        {
            Finish(job, query => Timed(query.In("FAILED", time.GetUtcNow(), error.Message), job, started, 0));
        }
        catch (Exception error)
        {
            // A defect of the cloud must not leave the query running for ever.
            log.LogError(error, "Query {Id} failed", job.Id);
            Finish(job, query => Timed(query.In("FAILED", time.GetUtcNow(), $"GENERIC_INTERNAL_ERROR: {error.Message}"), job, started, 0));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private StoredQuery Succeeded(StoredQuery query, QueryJob job, QueryOutcome outcome, long started, long size) =>
        Timed(query.In("SUCCEEDED", time.GetUtcNow()), job, started, outcome.ScannedBytes) with
        {
            Columns = outcome.Columns,
            HasHeader = outcome.HasHeader,
            UpdateCount = outcome.UpdateCount,
            OutputRows = outcome.Rows,
            OutputBytes = size,
        };

    private static StoredQuery Timed(StoredQuery query, QueryJob job, long started, long scanned)
    {
        var queued = (long)Stopwatch.GetElapsedTime(job.Submitted, started).TotalMilliseconds;
        var ran = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return query with
        {
            Execution = query.Execution with
            {
                Statistics = query.Execution.Statistics with
                {
                    EngineExecutionTimeInMillis = ran,
                    DataScannedInBytes = scanned,
                    TotalExecutionTimeInMillis = queued + ran,
                    QueryQueueTimeInMillis = queued,
                    QueryPlanningTimeInMillis = 0,
                    ServiceProcessingTimeInMillis = 0,
                    ResultReuseInformation = new(ReusedPreviousResult: false),
                },
            },
        };
    }

    /// <summary>Changes the query's record unless it is over: who stops a query and who ends it may come at once.</summary>
    private void Finish(QueryJob job, Func<StoredQuery, StoredQuery> change)
    {
        var key = AthenaState.Key(job.Call, job.Id);
        StoredQuery changed;
        lock (state.Writing)
        {
            if (!state.Queries.TryGet(key, out var query) || query.IsOver)
                return;
            state.Queries.Put(key, changed = change(query));
        }

        if (changed.IsOver)
            metrics.Publish(job, changed);
    }
}
