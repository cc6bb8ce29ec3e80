namespace PipelineStacks.Aws.CloudFormation;

/// <summary>A deployed stack.</summary>
/// <param name="Status">As CloudFormation writes it: <c>CREATE_COMPLETE</c>.</param>
/// <param name="Changed">When it was last updated, or created.</param>
public sealed record Stack(string Name, string Status, DateTimeOffset Changed, string? StatusReason, IReadOnlyDictionary<string, string> Outputs);
