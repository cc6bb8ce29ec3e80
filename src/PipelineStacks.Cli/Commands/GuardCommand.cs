using System.CommandLine;
using PipelineStacks.Cli.Guard;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines guard</c></summary>
internal sealed class GuardCommand : CliCommand
{
    private readonly Argument<string> _base = new("base") { Description = "The cloud assembly that is deployed, as a folder" };
    private readonly Argument<string> _head = new("head") { Description = "The cloud assembly that is to be deployed over it" };
    private readonly Option<string?> _allow = new("--allow") { Description = $"The list of changes that are allowed; {AllowList.DefaultFile} of the checkout, where it exists", HelpName = "file" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json, OutputFormat.Markdown);

    public GuardCommand(CliContext context)
        : base(context, "guard", "Compares two cloud assemblies, and fails where something that holds data would be replaced, deleted or less protected")
    {
        Add(_base);
        Add(_head);
        Add(_allow);
        Add(_format);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines guard cdk.out.deployed cdk.out",
        "pipelines guard cdk.out.deployed cdk.out --format markdown > approval.md",
        "git worktree add /tmp/base main && (cd /tmp/base && npx cdk synth --output /tmp/base.out) && npx cdk synth && pipelines guard /tmp/base.out cdk.out",
    ];

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var root = Project.FindRoot(Context.Folder) ?? throw new UserError("No checkout of PipelineStacks is here: run this in its folder.");
        var allowed = Allowed(arguments.GetValue(_allow), root);
        var (was, now) = (Assembly(arguments.GetRequiredValue(_base)), Assembly(arguments.GetRequiredValue(_head)));
        var changes = allowed.Apply(new AssemblyComparison(ResourceSchemas.Read(root)).Compare(was, now));
        var report = new GuardReport(changes, [.. allowed.Unused(changes)]);
        report.Write(Context.Terminal, arguments.GetValue(_format));
        return Task.FromResult(report.Passes ? ExitCode.Done : ExitCode.Failed);
    }

    private IReadOnlyList<AssemblyStack> Assembly(string folder) => CloudAssembly.Read(Context.PathOf(folder));

    private AllowList Allowed(string? file, string root)
    {
        var path = file is null ? Path.Combine(root, AllowList.DefaultFile) : Context.PathOf(file);
        return file is null && !File.Exists(path) ? AllowList.Empty : AllowList.Read(path, DateOnly.FromDateTime(Context.Time.GetUtcNow().UtcDateTime));
    }
}
