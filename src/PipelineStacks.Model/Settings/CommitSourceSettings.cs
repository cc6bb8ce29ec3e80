namespace PipelineStacks.Model.Settings;

/// <summary>A repository: one that is reached by a connection (GitHub, GitLab, Bitbucket), or one of CodeCommit.</summary>
public sealed record CommitSourceSettings : IChecked
{
    /// <summary>The connection to the repository's host. It is pending until somebody has completed its handshake in the console.</summary>
    /// <value>None by default; this and <c>repository</c>, or <c>codeCommitRepository</c>.</value>
    [Shaped("arn:[^:]+:(codeconnections|codestar-connections):[^:]+:[0-9]{12}:connection/[0-9a-f-]{36}", "the ARN of a connection")]
    public string? ConnectionArn { get; init; }

    /// <summary>The repository behind the connection.</summary>
    /// <value>None by default; needed with <c>connectionArn</c>.</value>
    [Shaped("[^/\\s]+(/[^/\\s]+)+", "owner and repository such as example/pipelines")]
    public string? Repository { get; init; }

    /// <summary>A repository of CodeCommit in the pipeline's account and Region, in place of a connection.</summary>
    /// <value>None by default.</value>
    [Shaped("[\\w.-]{1,100}", "the name of a repository of CodeCommit")]
    public string? CodeCommitRepository { get; init; }

    /// <summary>The branch whose commits are promoted.</summary>
    /// <value>main by default.</value>
    [Shaped("[^\\s~^:?*\\[\\\\]+", "the name of a branch")]
    public string Branch { get; init; } = "main";

    IEnumerable<SettingsError> IChecked.Check(string path)
    {
        if (CodeCommitRepository is { } repository && (ConnectionArn ?? Repository) is not null)
            yield return new($"{path}.codeCommitRepository", $"\"{repository}\"", "a second source", "Remove it, or connectionArn and repository.");
        else if (CodeCommitRepository is null && ConnectionArn is null)
            yield return new($"{path}.connectionArn", null, "missing", "Give the ARN of a connection with a repository such as example/pipelines, or a codeCommitRepository.");
        else if (CodeCommitRepository is null && Repository is null)
            yield return new($"{path}.repository", null, "missing, and a connection needs it", "Give owner and repository such as example/pipelines.");
    }
}
