using System.CommandLine;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Verify;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines verify</c></summary>
internal sealed class VerifyCommand : CliCommand
{
    private readonly Option<string> _environment = CommonOptions.Environment();
    private readonly Option<string[]> _pipelines = new("--pipeline") { Description = "Verify only this pipeline; can be given several times", HelpName = "name" };
    private readonly Option<int> _records = new Option<int>("--records") { Description = "How many events, and how many lines of files, are sent", HelpName = "n", DefaultValueFactory = _ => new VerifyOptions().Records }.Between(1, 10_000);
    private readonly Option<double> _timeout = new Option<double>("--timeout") { Description = "After how many minutes what has not arrived is missing", HelpName = "minutes", DefaultValueFactory = _ => new VerifyOptions().Timeout.TotalMinutes }.Between(0.1, 24 * 60);
    private readonly Option<bool> _noTestData = new("--no-test-data") { Description = "Send nothing, start nothing, and check only what is there" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Resume a replication that is stopped, instead of failing" };
    private readonly Option<string?> _junit = new("--junit") { Description = "Also write the steps as JUnit's XML", HelpName = "file" };
    private readonly Option<string?> _json = new("--json") { Description = "Also write the report as JSON", HelpName = "file" };
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public VerifyCommand(CliContext context)
        : base(context, "verify", "Sends known records through every pipeline of an environment, counts them in every zone, removes them, and says where the data stopped if it did")
    {
        foreach (var option in new Option[] { _environment, _pipelines, _records, _timeout, _noTestData, _resume, _junit, _json, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines verify",
        "pipelines verify --pipeline film-events --pipeline sakila --timeout 20",
        "pipelines verify --env qa --junit verify.xml --json verify.json",
        "pipelines verify --env prod --no-test-data --format json",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var aws = Context.Aws();
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(_environment));
        var settings = Project.FindSettings(Context.Folder) is { } all
            ? Project.Environment(all, environment.Names.Environment)
            : throw new UserError("No checkout of PipelineStacks is here: run this in its folder, so that cdk.json says what the environment has.");
        var options = new VerifyOptions
        {
            Pipelines = arguments.GetValue(_pipelines) ?? [],
            Records = arguments.GetValue(_records),
            Timeout = TimeSpan.FromMinutes(arguments.GetValue(_timeout)),
            TestData = !arguments.GetValue(_noTestData),
            Resume = arguments.GetValue(_resume),
        };
        if (options.Pipelines.Except(settings.Pipelines).FirstOrDefault() is { } unknown)
            throw new UserError($"--pipeline {unknown}: choose one of {string.Join('|', settings.Pipelines)}, which are those of {settings.Name}.");
        var report = await EnvironmentVerification.RunAsync(Context, aws, environment, settings, options, cancel);
        await WriteAsync(arguments.GetValue(_junit), () => JUnitReport.Write(report), cancel);
        await WriteAsync(arguments.GetValue(_json), () => report.ToJson() + "\n", cancel);
        if (arguments.GetValue(_format) == OutputFormat.Json)
            Context.Terminal.Out.WriteLine(report.ToJson());
        else
            report.Write(Context.Terminal);
        return report.Passed ? ExitCode.Done : ExitCode.Failed;
    }

    private async Task WriteAsync(string? file, Func<string> text, CancellationToken cancel)
    {
        if (file is null)
            return;
        var path = Context.PathOf(file);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text(), cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError(ExitCode.Unavailable, $"{path} can't be written: {error.Message}");
        }
    }
}
