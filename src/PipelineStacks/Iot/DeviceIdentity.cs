using Amazon.CDK;
using Amazon.CDK.AWS.IoT;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PolicyDocument = Amazon.CDK.AWS.IAM.PolicyDocument;
using PolicyDocumentProps = Amazon.CDK.AWS.IAM.PolicyDocumentProps;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Iot;

/// <summary>What <see cref="DeviceIdentity"/> is made of.</summary>
public sealed record DeviceIdentityProps
{
    /// <summary>The pipeline that the devices feed.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Its datasets.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }
}

/// <summary>
/// What a device is: a thing of the pipeline's type, with a certificate that has this policy. A device connects as itself alone, and publishes its own
/// readings and nothing else; it subscribes to nothing.
/// </summary>
public sealed class DeviceIdentity : Construct
{
    private const string ThingName = "${iot:Connection.Thing.ThingName}";

    /// <summary>Creates the type and the policy.</summary>
    public DeviceIdentity(Construct scope, string id, DeviceIdentityProps props)
        : base(scope, id)
    {
        var names = new Names(props.Settings.Name);
        Type = new CfnThingType(this, "ThingType", new CfnThingTypeProps
        {
            ThingTypeName = names.ThingType(props.Pipeline),
            ThingTypeProperties = new CfnThingType.ThingTypePropertiesProperty { ThingTypeDescription = $"Devices of {props.Pipeline}" },
        });
        Policy = new CfnPolicy(this, "Policy", new CfnPolicyProps
        {
            PolicyName = names.DevicePolicy(props.Pipeline),
            PolicyDocument = new PolicyDocument(new PolicyDocumentProps
            {
                Statements =
                [
                    Allow("ConnectAsItself", ["iot:Connect"], Arn("client", ThingName)),
                    Allow("PublishReadings", ["iot:Publish"], [.. props.Datasets.Select(dataset => Arn("topic", ((TopicSource)dataset.Source).TopicOf(ThingName)))]),
                ],
            }),
        });
    }

    /// <summary>The type of the devices' things.</summary>
    public CfnThingType Type { get; }

    /// <summary>The policy of the devices' certificates.</summary>
    public CfnPolicy Policy { get; }

    private string Arn(string kind, string name) => Stack.Of(this).FormatArn(new ArnComponents { Service = "iot", Resource = kind, ResourceName = name });
}
