using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

internal sealed record DataQualityRulesetProperties
{
    [CreateOnly]
    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Ruleset { get; init; }

    [CreateOnly]
    public DataQualityTargetTable? TargetTable { get; init; }

    [NoLocalEffect("CloudFormation creates a ruleset once by its name.")]
    public string? ClientToken { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary><c>AWS::Glue::DataQualityRuleset</c>.</summary>
internal sealed class DataQualityRulesetProvisioner(GlueRulesets rulesets, GlueTags tags) : Provisioner<DataQualityRulesetProperties>("AWS::Glue::DataQualityRuleset")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, DataQualityRulesetProperties properties)
    {
        rulesets.Create(context.Call, new(properties.Name, properties.Description, properties.Ruleset, properties.Tags, properties.TargetTable, null, null));
        return ValueTask.FromResult(new Provisioned(properties.Name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, DataQualityRulesetProperties before, DataQualityRulesetProperties after)
    {
        rulesets.Update(context.Call, new(physicalId, after.Description ?? "", after.Ruleset));
        tags.Replace(context.Call, QualityState.Arn(context.Call, physicalId), after.Tags);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, DataQualityRulesetProperties properties)
    {
        Gone.Ignored(() => rulesets.Delete(context.Call, new(physicalId)));
        return ValueTask.CompletedTask;
    }
}
