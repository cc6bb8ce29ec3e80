using PipelineStacks.Aws;
using PipelineStacks.Aws.CloudFormation;
using PipelineStacks.Model;

namespace PipelineStacks.Cli;

/// <summary>What is deployed of an environment, found through its stacks' outputs.</summary>
internal sealed class DeployedEnvironment
{
    private readonly AwsClients _aws;
    private readonly Dictionary<string, Stack?> _stacks = new(StringComparer.Ordinal);

    private DeployedEnvironment(AwsClients aws, Names names, IReadOnlyList<string> stacks)
    {
        _aws = aws;
        Names = names;
        Stacks = stacks;
    }

    public Names Names { get; }

    /// <summary>The stacks that it should have, by the project's settings where they are known.</summary>
    public IReadOnlyList<string> Stacks { get; }

    /// <exception cref="UserError">The project's cdk.json does not know the environment.</exception>
    public static DeployedEnvironment Of(CliContext context, AwsClients aws, string name)
    {
        // Away from the project any environment may be deployed; its stacks will tell.
        var names = new Names(name);
        var stacks = Project.FindSettings(context.Folder) is { } settings ? names.StacksOf(Project.Environment(settings, name)) : names.Stacks;
        return new DeployedEnvironment(aws, names, stacks);
    }

    public async Task<Stack?> FindStackAsync(string name, CancellationToken cancel)
    {
        if (!_stacks.TryGetValue(name, out var stack))
            _stacks[name] = stack = await _aws.CloudFormation.FindStackAsync(name, cancel);
        return stack;
    }

    /// <exception cref="UserError">The stack is not deployed or has no such output.</exception>
    public async Task<string> OutputAsync(string stackName, string output, CancellationToken cancel)
    {
        var where = _aws.Settings.IsLocal ? $"at {_aws.Settings.Endpoint!.GetLeftPart(UriPartial.Authority)}" : $"in {_aws.Settings.Region}";
        var stack = await FindStackAsync(stackName, cancel)
            ?? throw new UserError(ExitCode.Unavailable, $"Environment '{Names.Environment}' is not deployed {where}: there is no stack {stackName}. Deploy it: npx cdk deploy \"{Names.Stage}/*\"");
        return stack.Outputs.TryGetValue(output, out var value)
            ? value
            : throw new UserError(ExitCode.Unavailable, $"The stack {stackName} {where} has no output {output}. Deploy it again: npx cdk deploy \"{Names.Stage}/*\"");
    }
}
