using Constructs;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="LakeWorkflow"/> runs.</summary>
public sealed record LakeWorkflowProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The clean jobs, each with the crawler that must come first, where there is one.</summary>
    public required IReadOnlyList<CleanStep> Clean { get; init; }

    /// <summary>What follows upon all of them.</summary>
    public required SqlJob Quality { get; init; }

    /// <summary>What follows upon that; null where no curated table has all that it reads.</summary>
    public SqlJob? Curated { get; init; }
}

/// <summary>A clean job, and the crawler that must come first.</summary>
public sealed record CleanStep(string Pipeline, SqlJob Job, ZoneCrawler? Crawler);

/// <summary>The workflow from landing to curated, each night or whenever it is asked for. What fails stops what would have followed upon it.</summary>
public sealed class LakeWorkflow : Construct
{
    private readonly Workflow _workflow;

    /// <summary>Creates the workflow.</summary>
    public LakeWorkflow(Construct scope, string id, LakeWorkflowProps props)
        : base(scope, id)
    {
        _workflow = new Workflow(this, new Names(props.Settings.Name).LakeWorkflow, "Brings everything from landing to clean, checks it, and makes the curated tables");
        _workflow.StartAt(props.Settings.Etl.Schedule, props.Clean.Select(step => step.Crawler is { } crawler ? Workflow.Run(crawler) : Workflow.Run(step.Job)));
        foreach (var step in props.Clean.Where(step => step.Crawler is not null))
            _workflow.After($"Clean-{step.Pipeline}", [Workflow.Succeeded(step.Crawler!)], Workflow.Run(step.Job));
        _workflow.After("Quality", props.Clean.Select(step => Workflow.Succeeded(step.Job)), Workflow.Run(props.Quality));
        if (props.Curated is { } curated)
            _workflow.After("Curated", [Workflow.Succeeded(props.Quality)], Workflow.Run(curated));
    }

    /// <summary>The name as CloudFormation knows it.</summary>
    public string Name => _workflow.Name;
}
