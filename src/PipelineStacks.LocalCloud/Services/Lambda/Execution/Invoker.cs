using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>Runs functions, and writes of it what Lambda writes: the lines START, END and REPORT, and the metrics.</summary>
internal sealed class Invoker(FunctionStore functions, Sandboxes sandboxes, ConcurrencyLimits limits, AsyncEvents events, IMetricSink metrics, CloudClock clock)
    : IFunctionInvoker, IHostedService
{
    private const int MaxPayload = 6_291_456;
    private const int MaxEvent = 1_048_576;

    public Task<FunctionOutcome> InvokeAsync(Call call, string function, ReadOnlyMemory<byte> payload) =>
        InvokeAsync(call, Check(call, function, null, payload, asEvent: false), payload, Guid.NewGuid().ToString(), null);

    public void Send(Call call, string function, ReadOnlyMemory<byte> payload) =>
        Send(call, Check(call, function, null, payload, asEvent: true), payload, Guid.NewGuid().ToString());

    public Task StartAsync(CancellationToken cancellationToken)
    {
        events.Resume(TryAsync);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Passes the authoriser, finds the function and checks what it is sent.</summary>
    public FunctionState Check(Call call, string function, string? qualifier, ReadOnlyMemory<byte> payload, bool asEvent)
    {
        var found = functions.Find(call, "lambda:InvokeFunction", function, qualifier);
        var limit = asEvent ? MaxEvent : MaxPayload;
        if (payload.Length > limit)
            throw new ServiceException("RequestTooLargeException",
                $"Request must be smaller than {limit} bytes for the InvokeFunction operation", 413);
        CheckJson(payload);
        return found;
    }

    public void Send(Call call, FunctionState function, ReadOnlyMemory<byte> payload, string requestId) =>
        events.Add(FunctionStore.KeyOf(call, function.Name), requestId, payload, TryAsync);

    public async Task<FunctionOutcome> InvokeAsync(Call call, FunctionState function, ReadOnlyMemory<byte> payload, string requestId, string? clientContext)
    {
        var key = FunctionStore.KeyOf(call, function.Name);
        using var running = limits.TryEnter(key, function.ReservedConcurrency, out var concurrency);
        if (running is null)
        {
            Put(key, "Throttles", "Count", 1);
            throw LambdaErrors.Throttled();
        }

        Put(key, "ConcurrentExecutions", "Count", concurrency);
        var lease = sandboxes.Take(key, function);
        var usable = false;
        try
        {
            var invocation = new Invocation(requestId, payload.IsEmpty ? "{}"u8.ToArray() : payload, function.Arn, clientContext);
            var (answer, duration) = await RunAsync(lease, invocation);
            usable = !answer.Fatal;
            Put(key, "Invocations", "Count", 1);
            Put(key, "Errors", "Count", answer.Failed ? 1 : 0);
            Put(key, "Duration", "Milliseconds", duration.TotalMilliseconds);
            return new(answer.Payload, answer.Failed ? "Unhandled" : null, lease.Sandbox.Log.Tail());
        }
        finally
        {
            sandboxes.Return(lease, usable);
        }
    }

    private async Task<bool> TryAsync(Call call, string function, string requestId, ReadOnlyMemory<byte> payload)
    {
        try
        {
            var found = functions.Find(call, "lambda:InvokeFunction", function);
            return (await InvokeAsync(call, found, payload, requestId, null)).FunctionError is null;
        }
        catch (ServiceException error) when (error.Status is 404 or 429)
        {
            // A deleted function has no events any more; a throttled one gets them later.
            return error.Status == 404;
        }
    }

    private async Task<(Answer Answer, TimeSpan Duration)> RunAsync(Sandboxes.Lease lease, Invocation invocation)
    {
        var (sandbox, log) = (lease.Sandbox, lease.Sandbox.Log);
        log.Begin();
        var failure = !lease.Used ? await sandboxes.StartAsync(lease, invocation.RequestId) : null;
        log.Write($"START RequestId: {invocation.RequestId} Version: {Functions.Latest}");
        var watch = Stopwatch.StartNew();
        var answer = failure ?? await sandbox.RunAsync(invocation);
        var duration = watch.Elapsed;
        if (answer.Status == "timeout")
            log.Write(FormattableString.Invariant($"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {invocation.RequestId} Task timed out after {sandbox.Function.Timeout:0.00} seconds"));
        log.Write($"END RequestId: {invocation.RequestId}");
        log.Write(Report(sandbox, invocation, answer, duration));
        sandbox.ReportInit();
        return (answer, duration);
    }

    private static string Report(Sandbox sandbox, Invocation invocation, Answer answer, TimeSpan duration)
    {
        var init = sandbox.InitDuration;
        var billed = Math.Ceiling((duration + (init ?? TimeSpan.Zero)).TotalMilliseconds);
        return FormattableString.Invariant($"REPORT RequestId: {invocation.RequestId}\tDuration: {duration.TotalMilliseconds:0.00} ms\tBilled Duration: {billed:0} ms\t")
            + $"Memory Size: {sandbox.Function.MemorySize} MB\tMax Memory Used: {sandbox.PeakMemory} MB\t"
            + (init is { } start ? FormattableString.Invariant($"Init Duration: {start.TotalMilliseconds:0.00} ms\t") : "")
            + (answer.Status is { } status ? $"Status: {status}" : "");
    }

    private static void CheckJson(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
            return;
        try
        {
            var reader = new Utf8JsonReader(payload.Span);
            while (reader.Read())
                reader.Skip();
        }
        catch (JsonException error)
        {
            throw new ServiceException("InvalidRequestContentException", $"Could not parse request body into json: {error.Message}");
        }
    }

    private void Put(ResourceKey key, string name, string unit, double value) =>
        metrics.Put(new(key.Account, key.Region, "AWS/Lambda", name, unit, new(("FunctionName", key.Name))), value, clock.GetUtcNow());
}
