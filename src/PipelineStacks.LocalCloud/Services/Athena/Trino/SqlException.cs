namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>A statement that the engine refuses, in its words. Syntax errors come back from StartQueryExecution itself.</summary>
internal sealed class SqlException(string message, bool isSyntax = false) : Exception(message)
{
    public bool IsSyntax => isSyntax;

    /// <summary>Athena can do it, and the local cloud can't.</summary>
    public bool IsNotSupported => Message.StartsWith("NOT_SUPPORTED", StringComparison.Ordinal);

    public static SqlException Syntax(SqlPosition at, string problem) => new($"{at}: {problem}", isSyntax: true);

    public static SqlException At(string code, SqlPosition at, string problem) => new($"{code}: {at}: {problem}");

    public static SqlException NotSupported(string what) => new($"NOT_SUPPORTED: {what} is not supported by the local cloud.");

    public static SqlException ColumnNotFound(SqlPosition at, string column) =>
        At("COLUMN_NOT_FOUND", at, $"Column '{column}' cannot be resolved or requester is not authorized to access requested resources");
}
