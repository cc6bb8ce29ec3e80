namespace PipelineStacks.LocalCloud.Services.Iot.Rules;

/// <summary>The account and Region that rules belong to.</summary>
internal readonly record struct Home(string Account, string Region);

/// <summary>The enabled rules, ready to run, by where they live. Read for every message, made anew after a change.</summary>
internal sealed class RuleIndex(IotState state)
{
    private volatile Dictionary<Home, CompiledRule[]>? _rules;

    public IReadOnlyDictionary<Home, CompiledRule[]> Rules => _rules ??= Read();

    public void Reset() => _rules = null;

    private Dictionary<Home, CompiledRule[]> Read() => state.Rules.All
        .Where(rule => !rule.Value.Rule.RuleDisabled)
        .GroupBy(rule => new Home(rule.Key.Account, rule.Key.Region), rule => new CompiledRule(rule.Value))
        .ToDictionary(home => home.Key, home => home.ToArray());
}
