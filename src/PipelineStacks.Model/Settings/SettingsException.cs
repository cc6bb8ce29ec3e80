namespace PipelineStacks.Model.Settings;

/// <summary>The settings can't be used. Its message holds every error, one per line, and needs no stack trace beside it.</summary>
public sealed class SettingsException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>One error.</summary>
    public SettingsException(string error)
        : this([error])
    {
    }

    /// <summary>Every error, each a line that can be shown to a person.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
