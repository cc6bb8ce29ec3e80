using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Logs.Provisioners;

internal sealed record LogStreamProperties
{
    [CreateOnly]
    public required string LogGroupName { get; init; }

    [CreateOnly]
    public string? LogStreamName { get; init; }
}

/// <summary><c>AWS::Logs::LogStream</c>.</summary>
internal sealed class LogStreamProvisioner(LogStreams streams) : Provisioner<LogStreamProperties>("AWS::Logs::LogStream")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, LogStreamProperties properties)
    {
        var name = properties.LogStreamName ?? context.NewName(512);
        streams.Create(context.Call, new() { LogGroupName = properties.LogGroupName, LogStreamName = name });
        return ValueTask.FromResult(new Provisioned(name));
    }

    // Both properties make a new stream, so there is nothing that could be updated.
    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, LogStreamProperties before, LogStreamProperties after) =>
        ValueTask.FromResult(new Provisioned(physicalId));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, LogStreamProperties properties)
    {
        streams.Delete(context.Call, new() { LogGroupName = properties.LogGroupName, LogStreamName = physicalId });
        return ValueTask.CompletedTask;
    }
}
