using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using static PipelineStacks.Access.Statements;
using CfnRule = Amazon.CDK.AWS.Events.CfnRule;
using CfnRuleProps = Amazon.CDK.AWS.Events.CfnRuleProps;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="ArrivalWorkflow"/> runs.</summary>
public sealed record ArrivalWorkflowProps
{
    /// <summary>The pipeline, which gives the workflow its name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Its datasets.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Where the files arrive; its bucket tells EventBridge.</summary>
    public required Zone Landing { get; init; }

    /// <summary>What runs first.</summary>
    public required ZoneCrawler Crawler { get; init; }

    /// <summary>What follows upon it.</summary>
    public required SqlJob Clean { get; init; }

    /// <summary>What follows upon that; null where no curated table is made of this pipeline alone.</summary>
    public CuratedJob? Curated { get; init; }
}

/// <summary>
/// The workflow of a pipeline whose files start it as they arrive: after a few of them, or some time after the first. Events may come twice or not
/// at all; the jobs take what is new in any case, and the nightly workflow takes what was missed.
/// </summary>
public sealed class ArrivalWorkflow : Construct
{
    private static readonly string[] OfS3 = ["aws.s3"];
    private static readonly string[] Created = ["Object Created"];

    private readonly Workflow _workflow;

    /// <summary>Creates the workflow with the rule that starts it.</summary>
    public ArrivalWorkflow(Construct scope, string id, ArrivalWorkflowProps props)
        : base(scope, id)
    {
        var name = new Names(props.Settings.Name).ArrivalWorkflow(props.Pipeline);
        _workflow = new Workflow(this, name, $"Brings files of {props.Pipeline} to the curated zone as they arrive");
        _workflow.StartOn(props.Settings.Etl.ArrivalFiles, props.Settings.Etl.ArrivalSeconds, [Workflow.Run(props.Crawler)]);
        _workflow.After("Clean", [Workflow.Succeeded(props.Crawler)], Workflow.Run(props.Clean));
        if (props.Curated?.SqlOf(props.Pipeline) is { } sql)
            _workflow.After("Curated", [Workflow.Succeeded(props.Clean)], Workflow.Run(props.Curated.Job, new() { ["--sql"] = sql }));
        Notify(props, Stack.Of(this).FormatArn(new ArnComponents { Service = "glue", Resource = "workflow", ResourceName = Name }));
    }

    /// <summary>The name as CloudFormation knows it.</summary>
    public string Name => _workflow.Name;

    private void Notify(ArrivalWorkflowProps props, string workflow)
    {
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("events.amazonaws.com"),
            Description = $"Tells the workflow of {props.Pipeline} of new files",
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Notify"] = new(new PolicyDocumentProps { Statements = [Allow("NotifyWorkflow", ["glue:notifyEvent"], workflow)] }),
            },
        });
        new CfnRule(this, "Rule", new CfnRuleProps
        {
            Description = $"Files of {props.Pipeline} that arrive in the landing zone",
            State = "ENABLED",
            EventPattern = new Dictionary<string, object>
            {
                ["source"] = OfS3,
                ["detail-type"] = Created,
                ["detail"] = new Dictionary<string, object>
                {
                    ["bucket"] = new Dictionary<string, string[]> { ["name"] = [props.Landing.Bucket.BucketName] },
                    ["object"] = new Dictionary<string, object>
                    {
                        ["key"] = props.Datasets.Select(dataset => new Dictionary<string, string> { ["prefix"] = $"{dataset.Name}/" }).ToArray(),
                    },
                },
            },
            Targets = new[] { new CfnRule.TargetProperty { Id = "Workflow", Arn = workflow, RoleArn = role.RoleArn } },
        });
    }
}
