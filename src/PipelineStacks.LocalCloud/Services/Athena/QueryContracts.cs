using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Athena;

internal sealed record QueryExecutionContext(string? Database, string? Catalog);

internal sealed record ResultConfiguration
{
    public string? OutputLocation { get; init; }

    [NoLocalEffect("Results lie on this machine's disk as they are.")]
    public EncryptionConfiguration? EncryptionConfiguration { get; init; }

    [NoLocalEffect("All buckets are the account's own.")]
    public string? ExpectedBucketOwner { get; init; }

    [NoLocalEffect("Objects have no access lists locally.")]
    public AclConfiguration? AclConfiguration { get; init; }
}

internal sealed record EncryptionConfiguration(string? EncryptionOption, string? KmsKey);

internal sealed record AclConfiguration(string? S3AclOption);

internal sealed record ResultReuseConfiguration(ResultReuseByAgeConfiguration? ResultReuseByAgeConfiguration);

internal sealed record ResultReuseByAgeConfiguration(bool Enabled, int? MaxAgeInMinutes);

internal sealed record EngineVersion(string? SelectedEngineVersion, string? EffectiveEngineVersion)
{
    public static readonly EngineVersion Three = new("AUTO", "Athena engine version 3");
}

internal sealed record QueryExecution
{
    public required string QueryExecutionId { get; init; }

    public required string Query { get; init; }

    public required string StatementType { get; init; }

    public string? SubstatementType { get; init; }

    public required ResultConfiguration ResultConfiguration { get; init; }

    public ResultReuseConfiguration? ResultReuseConfiguration { get; init; }

    public required QueryExecutionContext QueryExecutionContext { get; init; }

    public required QueryExecutionStatus Status { get; init; }

    public required QueryExecutionStatistics Statistics { get; init; }

    public required string WorkGroup { get; init; }

    public required EngineVersion EngineVersion { get; init; }

    public IReadOnlyList<string>? ExecutionParameters { get; init; }
}

internal sealed record QueryExecutionStatus
{
    public required string State { get; init; }

    public string? StateChangeReason { get; init; }

    public DateTimeOffset SubmissionDateTime { get; init; }

    public DateTimeOffset? CompletionDateTime { get; init; }

    public AthenaError? AthenaError { get; init; }
}

internal sealed record AthenaError(int ErrorCategory, bool Retryable, string ErrorMessage);

internal sealed record QueryExecutionStatistics
{
    public long? EngineExecutionTimeInMillis { get; init; }

    public long? DataScannedInBytes { get; init; }

    public string? DataManifestLocation { get; init; }

    public long? TotalExecutionTimeInMillis { get; init; }

    public long? QueryQueueTimeInMillis { get; init; }

    public long? QueryPlanningTimeInMillis { get; init; }

    public long? ServiceProcessingTimeInMillis { get; init; }

    public ResultReuseInformation? ResultReuseInformation { get; init; }
}

internal sealed record ResultReuseInformation(bool ReusedPreviousResult);

internal sealed record StartQueryExecutionInput(
    string QueryString, string? ClientRequestToken, QueryExecutionContext? QueryExecutionContext, ResultConfiguration? ResultConfiguration,
    string? WorkGroup, IReadOnlyList<string>? ExecutionParameters, ResultReuseConfiguration? ResultReuseConfiguration);

internal sealed record StartQueryExecutionOutput(string QueryExecutionId);

internal sealed record QueryExecutionIdInput(string QueryExecutionId);

internal sealed record GetQueryExecutionOutput(QueryExecution QueryExecution);

internal sealed record BatchGetQueryExecutionInput(IReadOnlyList<string> QueryExecutionIds);

internal sealed record BatchGetQueryExecutionOutput(
    IReadOnlyList<QueryExecution> QueryExecutions, IReadOnlyList<UnprocessedQueryExecutionId> UnprocessedQueryExecutionIds);

internal sealed record UnprocessedQueryExecutionId(string QueryExecutionId, string ErrorCode, string ErrorMessage);

internal sealed record ListQueryExecutionsInput(string? NextToken, int? MaxResults, string? WorkGroup);

internal sealed record ListQueryExecutionsOutput(IReadOnlyList<string> QueryExecutionIds, string? NextToken);

internal sealed record GetQueryResultsInput(string QueryExecutionId, string? NextToken, int? MaxResults, string? QueryResultType);

internal sealed record GetQueryResultsOutput(long? UpdateCount, ResultSet ResultSet, string? NextToken);

internal sealed record ResultSet(IReadOnlyList<Row> Rows, ResultSetMetadata ResultSetMetadata);

internal sealed record Row(IReadOnlyList<Datum> Data);

internal sealed record Datum(string? VarCharValue);

internal sealed record ResultSetMetadata(IReadOnlyList<ColumnInfo> ColumnInfo);

internal sealed record ColumnInfo(
    string CatalogName, string SchemaName, string TableName, string Name, string Label, string Type, int Precision, int Scale, string Nullable,
    bool CaseSensitive);

internal sealed record GetQueryRuntimeStatisticsOutput(QueryRuntimeStatistics QueryRuntimeStatistics);

internal sealed record QueryRuntimeStatistics(QueryRuntimeStatisticsTimeline Timeline, QueryRuntimeStatisticsRows Rows);

internal sealed record QueryRuntimeStatisticsTimeline(
    long QueryQueueTimeInMillis, long QueryPlanningTimeInMillis, long EngineExecutionTimeInMillis, long ServiceProcessingTimeInMillis,
    long TotalExecutionTimeInMillis);

internal sealed record QueryRuntimeStatisticsRows(long? InputBytes, long? OutputBytes, long? OutputRows);
