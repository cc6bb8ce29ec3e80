namespace PipelineStacks.Model.Datasets;

/// <summary>Datasets can't be used. Its message holds every error, one per line, and needs no stack trace beside it.</summary>
public sealed class DatasetException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>Every error, each a line that can be shown to a person.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
