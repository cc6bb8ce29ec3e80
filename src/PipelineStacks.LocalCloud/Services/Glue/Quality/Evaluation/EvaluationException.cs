namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Evaluation;

/// <summary>Why a run fails, for its user: a table that does not exist or can't be read.</summary>
internal sealed class EvaluationException(string message) : Exception(message);
