using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Devices;

namespace PipelineStacks.LocalCloud.Services.Iot.Provisioners;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-thing.html"/></summary>
internal sealed record ThingProperties
{
    [CreateOnly]
    public string? ThingName { get; init; }

    public AttributePayload? AttributePayload { get; init; }
}

internal sealed class ThingProvisioner(Things things, IotState state) : Provisioner<ThingProperties>("AWS::IoT::Thing")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ThingProperties properties)
    {
        var thing = things.Create(context.Call, new(properties.ThingName ?? context.NewName(128), null, properties.AttributePayload));
        return ValueTask.FromResult(new Provisioned(thing.ThingName, ("Arn", thing.ThingArn), ("Id", thing.ThingId)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, ThingProperties before, ThingProperties after)
    {
        things.Update(context.Call, new(physicalId, null, after.AttributePayload ?? new AttributePayload(new Dictionary<string, string>())));
        var thing = things.Describe(context.Call, new(physicalId));
        return ValueTask.FromResult(new Provisioned(physicalId, ("Arn", thing.ThingArn), ("Id", thing.ThingId)));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ThingProperties properties)
    {
        if (state.Things.TryGet(IotState.Key(context.Call, physicalId), out _))
            things.Delete(context.Call, new(physicalId));
        return ValueTask.CompletedTask;
    }
}

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-thingtype.html"/></summary>
internal sealed record ThingTypeResourceProperties
{
    [CreateOnly]
    public string? ThingTypeName { get; init; }

    public bool DeprecateThingType { get; init; }

    [CreateOnly]
    public ThingTypeProperties? ThingTypeProperties { get; init; }

    [NoLocalEffect("Kept in the template only.")]
    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed class ThingTypeProvisioner(ThingTypes types) : Provisioner<ThingTypeResourceProperties>("AWS::IoT::ThingType")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ThingTypeResourceProperties properties)
    {
        var type = types.Create(context.Call, new(properties.ThingTypeName ?? context.NewName(128), properties.ThingTypeProperties));
        if (properties.DeprecateThingType)
            types.Deprecate(context.Call, new(type.ThingTypeName));
        return ValueTask.FromResult(new Provisioned(type.ThingTypeName, ("Arn", type.ThingTypeArn), ("Id", type.ThingTypeId)));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, ThingTypeResourceProperties before, ThingTypeResourceProperties after)
    {
        if (before.DeprecateThingType != after.DeprecateThingType)
            types.Deprecate(context.Call, new(physicalId, UndoDeprecate: !after.DeprecateThingType));
        var type = types.Describe(context.Call, new(physicalId));
        return ValueTask.FromResult(new Provisioned(physicalId, ("Arn", type.ThingTypeArn), ("Id", type.ThingTypeId)));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ThingTypeResourceProperties properties)
    {
        types.Remove(context.Call, physicalId);
        return ValueTask.CompletedTask;
    }
}

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-thingprincipalattachment.html"/></summary>
internal sealed record ThingPrincipalAttachmentProperties
{
    [CreateOnly]
    public required string ThingName { get; init; }

    [CreateOnly]
    public required string Principal { get; init; }
}

internal sealed class ThingPrincipalAttachmentProvisioner(Things things) : Provisioner<ThingPrincipalAttachmentProperties>("AWS::IoT::ThingPrincipalAttachment")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ThingPrincipalAttachmentProperties properties)
    {
        things.Attach(context.Call, new(properties.ThingName, properties.Principal));
        return ValueTask.FromResult(new Provisioned(context.NewName()));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, ThingPrincipalAttachmentProperties before, ThingPrincipalAttachmentProperties after) =>
        ValueTask.FromResult(new Provisioned(physicalId));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ThingPrincipalAttachmentProperties properties)
    {
        things.Detach(context.Call, new(properties.ThingName, properties.Principal));
        return ValueTask.CompletedTask;
    }
}
