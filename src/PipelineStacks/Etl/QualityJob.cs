using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="QualityJob"/> checks.</summary>
public sealed record QualityJobProps
{
    /// <summary>The datasets whose clean tables are checked.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Their rules.</summary>
    public required QualityRulesets Rulesets { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What the jobs of the environment share.</summary>
    public required JobCommons Commons { get; init; }
}

/// <summary>The job that evaluates the rules and fails where one is broken, so that what comes after it doesn't run.</summary>
public sealed class QualityJob : Construct
{
    /// <summary>Creates the job.</summary>
    public QualityJob(Construct scope, string id, QualityJobProps props)
        : base(scope, id)
    {
        var (storage, catalog, lake) = (props.Commons.Storage, props.Commons.Catalog, new LakeAccess(this));
        var names = props.Datasets.Select(dataset => dataset.Name).ToList();
        Job = new SqlJob(this, "Sql", new SqlJobProps
        {
            Name = new Names(props.Settings.Name).QualityJob,
            Description = "Checks the clean tables by their rules",
            Settings = props.Settings,
            Commons = props.Commons,
            Rulesets = props.Rulesets.Names,
            Access =
            [
                LakeAccess.FindBuckets(storage.Clean),
                LakeAccess.ReadObjects("ReadClean", storage.Clean, names.Select(name => $"{name}/")),
                lake.ReadCatalog([catalog.Clean], names.Select(name => lake.Table(catalog.Clean, name))),
                Allow(
                    "EvaluateRules",
                    [
                        "glue:GetDataQualityResult", "glue:GetDataQualityRuleset", "glue:GetDataQualityRulesetEvaluationRun", "glue:PublishDataQuality",
                        "glue:StartDataQualityRulesetEvaluationRun",
                    ],
                    [.. names.Select(name => lake.Ruleset(new Names(props.Settings.Name).Ruleset(name)))]),
                Allow("FindOwnRole", ["glue:GetJob"], lake.Job(new Names(props.Settings.Name).QualityJob)),
                lake.PassRoles("QualitySqlRole"),
            ],
        });
    }

    /// <summary>The job itself.</summary>
    public SqlJob Job { get; }
}
