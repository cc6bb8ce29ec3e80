using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms.Provisioning;

/// <summary><see href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dms-replicationconfig.html"/></summary>
internal sealed record ReplicationConfigProperties
{
    public required ComputeConfig ComputeConfig { get; init; }

    public required string ReplicationConfigIdentifier { get; init; }

    public JsonNode? ReplicationSettings { get; init; }

    public required string ReplicationType { get; init; }

    [CreateOnly]
    public string? ResourceIdentifier { get; init; }

    public required string SourceEndpointArn { get; init; }

    [NoLocalEffect("It is stored and described.")]
    public JsonNode? SupplementalSettings { get; init; }

    public required JsonNode TableMappings { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }

    public required string TargetEndpointArn { get; init; }
}

/// <summary>Provisions serverless configurations. CloudFormation neither starts nor stops their replications.</summary>
internal sealed class ReplicationConfigProvisioner(ReplicationConfigs configs, Tags tags, DmsState state)
    : Provisioner<ReplicationConfigProperties>("AWS::DMS::ReplicationConfig")
{
    protected override void Check(ProvisionContext context, ReplicationConfigProperties properties)
    {
        ReplicationConfigs.CheckCapacity(properties.ComputeConfig);
        Tasks.Check(properties.ReplicationType, Text(properties.TableMappings)!, Text(properties.ReplicationSettings));
    }

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ReplicationConfigProperties properties) =>
        ValueTask.FromResult(Describe(configs.Create(context.Call, new()
        {
            ReplicationConfigIdentifier = properties.ReplicationConfigIdentifier,
            SourceEndpointArn = properties.SourceEndpointArn,
            TargetEndpointArn = properties.TargetEndpointArn,
            ComputeConfig = properties.ComputeConfig,
            ReplicationType = properties.ReplicationType,
            TableMappings = Text(properties.TableMappings)!,
            ReplicationSettings = Text(properties.ReplicationSettings),
            SupplementalSettings = Text(properties.SupplementalSettings),
            ResourceIdentifier = properties.ResourceIdentifier,
            Tags = properties.Tags,
        }).ReplicationConfig));

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, ReplicationConfigProperties before, ReplicationConfigProperties after)
    {
        tags.Set(physicalId, after.Tags);
        if (SameButForTags(before, after))
            return ValueTask.FromResult(Describe(configs.Get(physicalId)));
        return ValueTask.FromResult(Describe(configs.Modify(context.Call, new()
        {
            ReplicationConfigArn = physicalId,
            ReplicationConfigIdentifier = after.ReplicationConfigIdentifier,
            SourceEndpointArn = after.SourceEndpointArn,
            TargetEndpointArn = after.TargetEndpointArn,
            ComputeConfig = after.ComputeConfig,
            ReplicationType = after.ReplicationType,
            TableMappings = Text(after.TableMappings),
            ReplicationSettings = Text(after.ReplicationSettings) ?? "{}",
            SupplementalSettings = Text(after.SupplementalSettings),
        }).ReplicationConfig));
    }

    protected override async ValueTask DeleteAsync(ProvisionContext context, string physicalId, ReplicationConfigProperties properties)
    {
        if (state.ReplicationConfigs.TryGet(DmsState.KeyOf(physicalId), out _))
            await configs.DeleteAsync(context.Call, new(physicalId));
    }

    private static Provisioned Describe(ReplicationConfig config) => new(config.ReplicationConfigArn, ("ReplicationConfigArn", JsonValue.Create(config.ReplicationConfigArn)));

    // Tags may change while the replication runs.
    private static bool SameButForTags(ReplicationConfigProperties before, ReplicationConfigProperties after) => JsonNode.DeepEquals(
        JsonSerializer.SerializeToNode(before with { Tags = null }, Wire.Pascal), JsonSerializer.SerializeToNode(after with { Tags = null }, Wire.Pascal));

    // Templates have objects where the API has texts.
    private static string? Text(JsonNode? value) => value is JsonValue text ? text.ToString() : value?.ToJsonString();
}
