using System.Globalization;

namespace PipelineStacks.Aws.Athena;

/// <summary>A column of a result.</summary>
public sealed record ColumnInfo(string Name, string Type);

/// <summary>What a query read and how long it took.</summary>
public sealed record QueryExecutionStatistics(long DataScannedInBytes, long TotalExecutionTimeInMillis, long EngineExecutionTimeInMillis);

/// <summary>A finished query.</summary>
/// <param name="Rows">Values as Athena renders them; null for SQL's NULL.</param>
public sealed record QueryResult(
    string QueryExecutionId, IReadOnlyList<ColumnInfo> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, QueryExecutionStatistics Statistics)
{
    /// <summary>A whole number, by which queries that count answer.</summary>
    /// <exception cref="FormatException">The value is none.</exception>
    public long Number(int column = 0, int row = 0) => long.Parse(Rows[row][column]!, CultureInfo.InvariantCulture);
}

/// <summary>A query kept in a workgroup under a name.</summary>
public sealed record NamedQuery(string Name, string Database, string QueryString, string? Description, string? NamedQueryId);

/// <summary>A query that Athena refused or could not finish; the message is Athena's reason.</summary>
public sealed class QueryFailedException(string reason, string state) : Exception(reason)
{
    /// <summary>FAILED or CANCELLED.</summary>
    public string State => state;
}

internal sealed record QueryExecutionContext(string? Database);

internal sealed record StartQueryExecutionInput(string QueryString, string WorkGroup, QueryExecutionContext? QueryExecutionContext);

internal sealed record QueryExecutionReference(string QueryExecutionId);

internal sealed record GetQueryExecutionOutput(QueryExecution QueryExecution);

internal sealed record QueryExecution(QueryExecutionStatus Status, QueryExecutionStatistics? Statistics);

internal sealed record QueryExecutionStatus(string State, string? StateChangeReason);

internal sealed record GetQueryResultsInput(string QueryExecutionId, string? NextToken, int MaxResults);

internal sealed record GetQueryResultsOutput(ResultSet ResultSet, string? NextToken);

internal sealed record ResultSet(IReadOnlyList<Row> Rows, ResultSetMetadata? ResultSetMetadata);

internal sealed record ResultSetMetadata(IReadOnlyList<ColumnInfo> ColumnInfo);

internal sealed record Row(IReadOnlyList<Datum> Data);

internal sealed record Datum(string? VarCharValue);

internal sealed record ListNamedQueriesInput(string WorkGroup, string? NextToken);

internal sealed record ListNamedQueriesOutput(IReadOnlyList<string> NamedQueryIds, string? NextToken);

internal sealed record GetNamedQueryInput(string NamedQueryId);

internal sealed record GetNamedQueryOutput(NamedQuery NamedQuery);
