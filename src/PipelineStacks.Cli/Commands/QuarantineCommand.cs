using System.CommandLine;
using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Commands;

/// <summary>A command that works with the rejected records of an environment.</summary>
internal abstract class QuarantineCommand(CliContext context, string name, string description) : CliCommand(context, name, description)
{
    protected Option<string?> Step { get; } = new("--step") { Description = "Only what this step rejected, such as format-conversion-failed or clean-rejected", HelpName = "name" };

    protected Option<string?> Code { get; } = new("--code") { Description = "Only records that were rejected for this reason, by its code", HelpName = "code" };

    protected Option<string?> Since { get; } = new("--since") { Description = "Only from this day of arrival on", HelpName = "yyyy-MM-dd" };

    protected Option<string?> Until { get; } = new("--until") { Description = "Only up to this day of arrival", HelpName = "yyyy-MM-dd" };

    protected Option<string> Environment { get; } = CommonOptions.Environment();

    protected abstract string? Dataset(ParseResult arguments);

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var filter = new QuarantineFilter(Dataset(arguments), arguments.GetValue(Step), arguments.GetValue(Code), Day(arguments, Since), Day(arguments, Until));
        using var aws = Context.Aws();
        var environment = DeployedEnvironment.Of(Context, aws, arguments.GetRequiredValue(Environment));
        var bucket = await environment.OutputAsync(environment.Names.StorageStack, Names.BucketOutput(ZoneName.Landing), cancel);
        return await RunAsync(new(aws.S3, bucket), filter, aws, environment, arguments, cancel);
    }

    protected abstract Task<ExitCode> RunAsync(
        QuarantineStore store, QuarantineFilter filter, AwsClients aws, DeployedEnvironment environment, ParseResult arguments, CancellationToken cancel);

    private static DateOnly? Day(ParseResult arguments, Option<string?> option) => arguments.GetValue(option) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UserError($"{option.Name} {text}: give a day such as 2026-11-20.");
}
