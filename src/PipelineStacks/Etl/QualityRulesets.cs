using Amazon.CDK.AWS.Glue;
using Constructs;
using PipelineStacks.Catalog;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="QualityRulesets"/> are made of.</summary>
public sealed record QualityRulesetsProps
{
    /// <summary>The datasets with their rules.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The clean tables, by the datasets' names.</summary>
    public required IReadOnlyDictionary<string, DatasetTables> Tables { get; init; }
}

/// <summary>The rules of Glue Data Quality for the clean tables, one ruleset each. A ruleset is refused without its table, so that the two refer to each other.</summary>
public sealed class QualityRulesets : Construct
{
    /// <summary>Creates the rulesets.</summary>
    public QualityRulesets(Construct scope, string id, QualityRulesetsProps props)
        : base(scope, id) => Names =
        [
            .. props.Datasets.Select(dataset => new CfnDataQualityRuleset(this, PipelineStacks.Model.Names.Pascal(dataset.Name), new CfnDataQualityRulesetProps
            {
                Name = new Names(props.Settings.Name).Ruleset(dataset.Name),
                Description = $"What must hold for {dataset.Name} in the clean zone",
                Ruleset = QualityRules.Dqdl(dataset),
                TargetTable = new CfnDataQualityRuleset.DataQualityTargetTableProperty
                {
                    DatabaseName = props.Tables[dataset.Name].Clean.Database.FixedName,
                    TableName = props.Tables[dataset.Name].Clean.Name,
                },
            }).Ref),
        ];

    /// <summary>The names as CloudFormation knows them.</summary>
    public IReadOnlyList<string> Names { get; }
}
