namespace PipelineStacks.LocalCloud.Services.Athena;

internal sealed record NamedQuery
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    public required string Database { get; init; }

    public required string QueryString { get; init; }

    public required string NamedQueryId { get; init; }

    public required string WorkGroup { get; init; }
}

internal sealed record CreateNamedQueryInput(
    string Name, string? Description, string Database, string QueryString, string? ClientRequestToken, string? WorkGroup);

internal sealed record CreateNamedQueryOutput(string NamedQueryId);

internal sealed record NamedQueryIdInput(string NamedQueryId);

internal sealed record GetNamedQueryOutput(NamedQuery NamedQuery);

internal sealed record BatchGetNamedQueryInput(IReadOnlyList<string> NamedQueryIds);

internal sealed record BatchGetNamedQueryOutput(
    IReadOnlyList<NamedQuery> NamedQueries, IReadOnlyList<UnprocessedNamedQueryId> UnprocessedNamedQueryIds);

internal sealed record UnprocessedNamedQueryId(string NamedQueryId, string ErrorCode, string ErrorMessage);

internal sealed record ListNamedQueriesInput(string? NextToken, int? MaxResults, string? WorkGroup);

internal sealed record ListNamedQueriesOutput(IReadOnlyList<string> NamedQueryIds, string? NextToken);

internal sealed record UpdateNamedQueryInput(string NamedQueryId, string Name, string? Description, string QueryString);

internal sealed record PreparedStatement
{
    public required string StatementName { get; init; }

    public required string QueryStatement { get; init; }

    public required string WorkGroupName { get; init; }

    public string? Description { get; init; }

    public DateTimeOffset LastModifiedTime { get; init; }
}

internal sealed record PutPreparedStatementInput(string StatementName, string WorkGroup, string QueryStatement, string? Description);

internal sealed record PreparedStatementInput(string StatementName, string WorkGroup);

internal sealed record GetPreparedStatementOutput(PreparedStatement PreparedStatement);

internal sealed record ListPreparedStatementsInput(string WorkGroup, string? NextToken, int? MaxResults);

internal sealed record ListPreparedStatementsOutput(IReadOnlyList<PreparedStatementSummary> PreparedStatements, string? NextToken);

internal sealed record PreparedStatementSummary(string StatementName, DateTimeOffset LastModifiedTime);
