namespace PipelineStacks.Aws;

/// <summary>One record of a batch that a service did not take; the others are safe.</summary>
/// <param name="Index">The record's place in the batch.</param>
public readonly record struct RecordFailure(int Index, string ErrorCode, string ErrorMessage);
