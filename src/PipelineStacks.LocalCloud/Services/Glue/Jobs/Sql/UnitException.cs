namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>A SQL file can't be run; the message says why, without the file's name.</summary>
internal sealed class UnitException(string message) : Exception(message);
