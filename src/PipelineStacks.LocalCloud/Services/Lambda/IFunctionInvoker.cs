using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>Lambda for the services inside the cloud: Firehose's transforms, targets of events, rotations of secrets.</summary>
internal interface IFunctionInvoker
{
    /// <summary>Runs a function and waits for its answer.</summary>
    /// <param name="function">Its name or ARN.</param>
    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>, <c>TooManyRequestsException</c>; the function's own errors are in the outcome.</exception>
    Task<FunctionOutcome> InvokeAsync(Call call, string function, ReadOnlyMemory<byte> payload);

    /// <summary>Queues an event for a function, which is tried three times.</summary>
    void Send(Call call, string function, ReadOnlyMemory<byte> payload);
}

/// <summary>How an invocation ended.</summary>
/// <param name="Payload">The function's answer, or its error as JSON.</param>
/// <param name="FunctionError">Null where it succeeded, else what <c>X-Amz-Function-Error</c> says: <c>Unhandled</c>.</param>
/// <param name="LogTail">The last 4 KB of the invocation's log.</param>
internal sealed record FunctionOutcome(ReadOnlyMemory<byte> Payload, string? FunctionError, string LogTail);
