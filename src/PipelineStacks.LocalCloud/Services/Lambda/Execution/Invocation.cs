namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>One request to a function.</summary>
/// <param name="ClientContext">JSON that a client hands on to the function's context.</param>
internal sealed record Invocation(string RequestId, ReadOnlyMemory<byte> Payload, string FunctionArn, string? ClientContext);

/// <summary>What a process answered, or what became of it instead.</summary>
/// <param name="Failed">The payload is an error.</param>
/// <param name="Fatal">The process can't be used again.</param>
internal sealed record Answer(ReadOnlyMemory<byte> Payload, bool Failed, bool Fatal = false)
{
    /// <summary>AWS's word for how the invocation ended, in the line REPORT; null where it says nothing.</summary>
    public string? Status { get; init; }
}
