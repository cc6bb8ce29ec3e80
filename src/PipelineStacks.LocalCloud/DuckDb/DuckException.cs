namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>DuckDB refused or failed, in its own words.</summary>
internal sealed class DuckException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The statement was interrupted, not wrong.</summary>
    public bool Interrupted => Message.StartsWith("INTERRUPT", StringComparison.OrdinalIgnoreCase);
}
