using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Iot.Devices;

namespace PipelineStacks.LocalCloud.Services.Iot.Provisioners;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-logging.html"/></summary>
internal sealed record LoggingProperties
{
    [CreateOnly]
    public required string AccountId { get; init; }

    public required string DefaultLogLevel { get; init; }

    public required string RoleArn { get; init; }
}

/// <summary>An account has one in a Region.</summary>
internal sealed class LoggingProvisioner(IotSettings settings, IotState state) : Provisioner<LoggingProperties>("AWS::IoT::Logging")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, LoggingProperties properties)
    {
        if (properties.AccountId != context.Call.Account)
            throw IotErrors.Invalid($"{context.LogicalId}: AccountId {properties.AccountId} is not the account of the stack, {context.Call.Account}.");
        if (state.Logging.TryGet(IotState.Key(context.Call, "logging"), out _))
            throw IotErrors.Exists($"The logging of account {context.Call.Account} in {context.Call.Region}");
        return Set(context, properties);
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, LoggingProperties before, LoggingProperties after) => Set(context, after);

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, LoggingProperties properties)
    {
        settings.RemoveLogging(context.Call);
        return ValueTask.CompletedTask;
    }

    private ValueTask<Provisioned> Set(ProvisionContext context, LoggingProperties properties)
    {
        settings.SetLogging(context.Call, new(properties.RoleArn, properties.DefaultLogLevel));
        return ValueTask.FromResult(new Provisioned(properties.AccountId));
    }
}
