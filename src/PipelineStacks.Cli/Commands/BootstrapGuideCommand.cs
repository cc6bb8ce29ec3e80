using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using PipelineStacks.Cli.Bootstrap;
using PipelineStacks.Cli.Output;
using Spectre.Console;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines bootstrap-guide</c>: calls nothing, since each command is for somebody with another account's credentials.</summary>
internal sealed class BootstrapGuideCommand : CliCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Option<bool> _policy = new("--policy") { Description = "Write the suggested policy for CloudFormation, and nothing else" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public BootstrapGuideCommand(CliContext context)
        : base(context, "bootstrap-guide", "Prints the commands that prepare each account and Region of cdk.json for deployments")
    {
        Add(_policy);
        Add(_format);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines bootstrap-guide",
        "pipelines bootstrap-guide --policy > pipelines-cloudformation-execution.json",
        "pipelines bootstrap-guide --format json",
    ];

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var settings = Project.FindSettings(Context.Folder) ?? throw new UserError("No checkout of PipelineStacks is here: run this in its folder.");
        var targets = BootstrapTarget.Of(settings);
        if (arguments.GetValue(_policy))
            Context.Terminal.Out.WriteLine(ExecutionPolicy.Document.ToJsonString(Json));
        else if (arguments.GetValue(_format) == OutputFormat.Json)
            Context.Terminal.Out.WriteLine(JsonSerializer.Serialize(new { targets, policyCommand = BootstrapTarget.PolicyCommand, policy = ExecutionPolicy.Document }, Json));
        else
            Write(targets);
        return Task.FromResult(ExitCode.Done);
    }

    // Commands are printed as lines and not in the table, which would break them.
    private void Write(IReadOnlyList<BootstrapTarget> targets)
    {
        var terminal = Context.Terminal;
        var table = new Table().Border(TableBorder.Rounded).AddColumns("account", "Region", "used by", "trusts");
        foreach (var target in targets)
            table.AddRow([.. new[] { target.Account ?? "yours", target.Region ?? "yours", string.Join(", ", target.UsedBy), target.Trusts ?? "" }.Select(Markup.Escape)]);
        terminal.Results.Write(table);
        terminal.Out.WriteLine("# Once, and to be read before it is used:");
        terminal.Out.WriteLine("scripts/pipelines bootstrap-guide --policy > pipelines-cloudformation-execution.json");
        var accounts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in targets)
        {
            terminal.Out.WriteLine();
            terminal.Out.WriteLine($"# With credentials of an administrator of {target.Account ?? "your account"}, for {string.Join(", ", target.UsedBy)}:");
            if (accounts.Add(target.Account ?? ""))
                terminal.Out.WriteLine(BootstrapTarget.PolicyCommand);
            terminal.Out.WriteLine(target.BootstrapCommand);
        }
    }
}
