namespace PipelineStacks.Aws.CloudWatch;

/// <summary>An alarm as CloudWatch shows it, of either kind.</summary>
/// <param name="Since">When it came into its state.</param>
public sealed record AlarmDescription(string Name, string? Description, string State, string? Reason, DateTimeOffset Since, bool IsComposite);

/// <summary>Something that happened to an alarm.</summary>
/// <param name="Type">StateUpdate, Action or ConfigurationUpdate.</param>
public sealed record AlarmEvent(DateTimeOffset At, string Type, string Summary);
