using System.Text.Json.Nodes;
using PipelineStacks.Cli.Workflows;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>Files of JSON lines, as many as start the workflow that waits for them: known by the run's player.</summary>
internal sealed class FileProbe(VerifyScope scope, IReadOnlyList<Dataset> datasets) : RecordProbe(scope, datasets)
{
    private const string Who = "player";
    private const string Sessions = "player_sessions";

    private readonly HashSet<string> _before = new(StringComparer.Ordinal);

    /// <summary>Whether the files started their workflow, and it succeeded.</summary>
    public bool HasArrived { get; private set; }

    public override bool IsCrawled => true;

    protected override string IsOwn => $"{Who} = '{Mark.Text}'";

    protected override (string Table, string Count)? Curated => HasCurated(Sessions) ? (Sessions, "coalesce(sum(events), 0)") : null;

    private WorkflowControl Workflow => new(Scope.Context, Scope.Aws, new WorkflowName(Scope.Names, Pipeline));

    private IEnumerable<string> Keys => Enumerable.Range(1, Scope.Settings.Etl.ArrivalFiles).Select(i => $"{Dataset.Name}/{Mark.Text}-{i}.json");

    public override async Task<StepResult> SendAsync(CancellationToken cancel)
    {
        if (Scope.Settings.Etl.Enabled)
            _before.UnionWith((await Workflow.RunsAsync(cancel)).Select(run => run.WorkflowRunId));
        var own = MarkedRecords.Own(Dataset, Mark);
        own[Who] = _ => (JsonNode)Mark.Text;
        var records = Make(own);
        var keys = Keys.ToList();
        for (var i = 0; i < keys.Count; i++)
            await Scope.Aws.S3.PutAsync(Scope.Bucket, keys[i], string.Concat(records.Where((_, n) => n % keys.Count == i).Select(record => record + "\n")), cancel);
        return StepResult.Passed($"{keys.Count} files", $"{keys.Count} files");
    }

    /// <summary>Follows the run that the files start, from the trigger that waits for them to its end.</summary>
    public async Task<StepResult> ArriveAsync(CancellationToken cancel)
    {
        const string Expected = "started, succeeded";
        var workflow = Workflow;
        if (WorkflowTriggers.Idle(await workflow.DescribeAsync(cancel), "EVENT") is [var idle, ..])
            return StepResult.Failed(Expected, "not started", $"{idle}, so that files which arrive don't start {workflow.Name.Full}");
        string? run;
        while ((run = (await workflow.RunsAsync(cancel)).FirstOrDefault(run => !_before.Contains(run.WorkflowRunId))?.WorkflowRunId) is null)
        {
            if (Scope.Deadline.HasPassed)
                return StepResult.Failed(Expected, "not started", $"workflow {workflow.Name.Full} did not start within {Scope.Deadline} of the arrival of {Keys.Count()} files: its trigger hears of them from the bucket by EventBridge");
            await Task.Delay(Scope.Poll, Scope.Context.Time, cancel);
        }

        var outcome = await Scope.Deadline.WithinAsync(stop => workflow.WatchAsync(run, stop), cancel);
        HasArrived = outcome is { Succeeded: true };
        return outcome switch
        {
            null => StepResult.Failed(Expected, "running", $"{workflow.Name.Full}, run {run}, is still running after {Scope.Deadline}"),
            { Succeeded: true } => StepResult.Passed(Expected, Expected),
            _ => StepResult.Failed(Expected, "started, failed", outcome.Explain(workflow.Name)),
        };
    }

    public override Task<string> ExplainAsync(CancellationToken cancel) =>
        Task.FromResult($"crawler {Scope.Names.Crawler(Pipeline)} makes the table of the files under s3://{Scope.Bucket}/{Dataset.Name}/");

    public override async Task<string?> RemoveAsync(CancellationToken cancel)
    {
        foreach (var key in Keys)
            await Scope.Aws.S3.DeleteAsync(Scope.Bucket, key, cancel);
        return null;
    }
}
