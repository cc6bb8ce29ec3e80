using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>What Athena keeps.</summary>
internal sealed class AthenaState(StateStore store)
{
    public Lock Writing { get; } = new();

    public StateCollection<WorkGroup> WorkGroups { get; } = store.Open<WorkGroup>("athena", "workgroups");

    public StateCollection<NamedQuery> NamedQueries { get; } = store.Open<NamedQuery>("athena", "named-queries");

    public StateCollection<PreparedStatement> PreparedStatements { get; } = store.Open<PreparedStatement>("athena", "prepared-statements");

    public StateCollection<StoredQuery> Queries { get; } = store.Open<StoredQuery>("athena", "queries");

    public StateCollection<WorkGroupTags> Tags { get; } = store.Open<WorkGroupTags>("athena", "tags");

    public static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);

    public static string WorkGroupArn(Call call, string name) => call.Arn("athena", $"workgroup/{name}");
}

/// <summary>A query with what its results need to be read.</summary>
/// <param name="HasHeader">Whether the result's first line names the columns.</param>
/// <param name="Token">The client's token, by which a repeated start is known.</param>
internal sealed record StoredQuery(
    QueryExecution Execution, string? Token, IReadOnlyList<ColumnInfo>? Columns = null, bool HasHeader = false, long? UpdateCount = null,
    long? OutputRows = null, long? OutputBytes = null)
{
    public bool IsOver => Execution.Status.State is "SUCCEEDED" or "FAILED" or "CANCELLED";

    public StoredQuery In(string state, DateTimeOffset? completed = null, string? reason = null) => this with
    {
        Execution = Execution with
        {
            Status = Execution.Status with
            {
                State = state,
                StateChangeReason = reason,
                CompletionDateTime = completed,
                AthenaError = state is "FAILED" ? new(ErrorCategory: 2, Retryable: false, reason ?? "") : null,
            },
        },
    };
}

internal sealed record WorkGroupTags(string WorkGroup, IReadOnlyList<Tag> Tags);
