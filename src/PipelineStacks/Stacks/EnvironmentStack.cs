using Amazon.CDK;
using Constructs;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Stacks;

/// <summary>What every stack of an environment has: its name, its tags, and protection from deletion where the settings ask for it.</summary>
public abstract class EnvironmentStack : Stack
{
    private protected EnvironmentStack(Construct scope, string id, string stackName, string description, EnvironmentSettings settings)
        : base(scope, id, new StackProps { StackName = stackName, Description = description, TerminationProtection = settings.IsProtected })
    {
        Amazon.CDK.Tags.Of(this).Add("project", Names.Project);
        Amazon.CDK.Tags.Of(this).Add("environment", settings.Name);
        foreach (var (key, value) in settings.Tags)
            Amazon.CDK.Tags.Of(this).Add(key, value);
    }

    /// <summary>An output under exactly this name, by which others find what the stack made.</summary>
    protected void Output(string name, string value, string description) =>
        new CfnOutput(this, name, new CfnOutputProps { Value = value, Description = description });
}
