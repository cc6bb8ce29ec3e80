using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality;

/// <summary>Rulesets, their runs and what came of them.</summary>
internal sealed class QualityState(StateStore store) : ITaggedResources
{
    public StateCollection<DataQualityRuleset> Rulesets { get; } = store.Open<DataQualityRuleset>("glue", "quality-rulesets");

    public StateCollection<EvaluationRun> Runs { get; } = store.Open<EvaluationRun>("glue", "quality-runs");

    public StateCollection<DataQualityResult> Results { get; } = store.Open<DataQualityResult>("glue", "quality-results");

    public string Kind => "dataQualityRuleset";

    public bool Exists(Call call, string name) => Rulesets.TryGet(Key(call, name), out _);

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    public static string Arn(Call call, string ruleset) => call.Arn("glue", $"dataQualityRuleset/{ruleset}");

    public DataQualityRuleset Find(Call call, string name) =>
        Rulesets.TryGet(Key(call, name), out var found) ? found : throw GlueErrors.NotFound($"Data quality ruleset {name} not found.");
}
