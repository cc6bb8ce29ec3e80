using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>
/// The interface between functions' processes and the service: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"/>.
/// Each process has an address of its own, so a custom runtime works here as it does on AWS.
/// </summary>
internal sealed class RuntimeApi(CloudEndpoint endpoint) : ILocalPath
{
    public const int MaxResponse = 6_291_556;

    private readonly ConcurrentDictionary<string, Sandbox> _sandboxes = new(StringComparer.Ordinal);

    public string Prefix => "/lambda";

    /// <summary>Gives a process its address.</summary>
    /// <returns>What <c>AWS_LAMBDA_RUNTIME_API</c> says to it.</returns>
    public string Open(Sandbox sandbox)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _sandboxes[token] = sandbox;
        return $"{endpoint.Uri.Authority}{LocalControl.Root}{Prefix}/{token}";
    }

    public void Close(string address) => _sandboxes.TryRemove(address[(address.LastIndexOf('/') + 1)..], out _);

    public Task HandleAsync(PathString rest, HttpContext http)
    {
        var path = (rest.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is not [var token, "2018-06-01", "runtime", .. var operation] || !_sandboxes.TryGetValue(token, out var sandbox))
            return RefuseAsync(http, StatusCodes.Status404NotFound, "InvalidRequest", "There is no runtime API here.");
        return (http.Request.Method, operation) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(sandbox, http),
            ("POST", ["invocation", var id, "response"]) => CompleteAsync(sandbox, id, failed: false, http),
            ("POST", ["invocation", var id, "error"]) => CompleteAsync(sandbox, id, failed: true, http),
            ("POST", ["init", "error"]) => FailInitAsync(sandbox, http),
            _ => RefuseAsync(http, StatusCodes.Status404NotFound, "InvalidRequest", $"The runtime API has no {http.Request.Method} {string.Join('/', operation)}."),
        };
    }

    private static async Task NextAsync(Sandbox sandbox, HttpContext http)
    {
        Invocation invocation;
        try
        {
            invocation = await sandbox.NextAsync(http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The process has ended while it waited.
            return;
        }

        var headers = http.Response.Headers;
        // The process compares it with its own clock, which is the system's.
        var deadline = TimeProvider.System.GetUtcNow().AddSeconds(sandbox.Function.Timeout).ToUnixTimeMilliseconds();
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = deadline.ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{deadline / 1000:x8}-{invocation.RequestId.Replace("-", "", StringComparison.Ordinal)[..24]};Sampled=0";
        if (invocation.ClientContext is { } context)
            headers["Lambda-Runtime-Client-Context"] = context;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = invocation.Payload.Length;
        await http.Response.Body.WriteAsync(invocation.Payload);
    }

    private static async Task CompleteAsync(Sandbox sandbox, string requestId, bool failed, HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http.Request);
        var answer = body.Memory.Length > MaxResponse ? TooLarge() : new Answer(body.Memory.ToArray(), failed);
        if (sandbox.Complete(requestId, answer))
            await AcceptAsync(http);
        else
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "InvalidRequestID", "Invalid request ID");
    }

    private static async Task FailInitAsync(Sandbox sandbox, HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http.Request);
        sandbox.FailInit(body.Memory.ToArray());
        await AcceptAsync(http);
    }

    private static Answer TooLarge() => new(JsonSerializer.SerializeToUtf8Bytes(new
    {
        errorType = "Function.ResponseSizeTooLarge",
        errorMessage = $"Response payload size exceeded maximum allowed payload size ({MaxResponse} bytes).",
    }), Failed: true);

    private static Task AcceptAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        return http.Response.WriteAsJsonAsync(new { status = "OK" });
    }

    private static Task RefuseAsync(HttpContext http, int status, string type, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { errorType = type, errorMessage = message });
    }
}
