namespace PipelineStacks.Model.Settings;

/// <summary>One thing wrong in the settings: where it is, what stands there and what to write instead.</summary>
/// <param name="Path">Such as <c>environments.dev.stream.shards</c>.</param>
/// <param name="Value">What stands there, as JSON; null where nothing does.</param>
/// <param name="Problem">Why it can't be used, without a full stop.</param>
/// <param name="Fix">A sentence that says what to do.</param>
public sealed record SettingsError(string Path, string? Value, string Problem, string Fix)
{
    /// <summary>The whole error on one line.</summary>
    public override string ToString() => Value is null ? $"{Path}: {Problem}. {Fix}" : $"{Path} = {Value}: {Problem}. {Fix}";
}
