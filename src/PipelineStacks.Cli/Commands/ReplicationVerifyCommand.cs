using System.CommandLine;
using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Replications;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines replication verify</c></summary>
internal sealed class ReplicationVerifyCommand : ReplicationCommand
{
    private readonly Option<double> _wait = new Option<double>("--wait") { Description = "For how many seconds to count again while something differs: changes are under way for as long as DMS gathers them", HelpName = "s" }.Between(0, 24 * 3600);
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Csv, OutputFormat.Json);

    public ReplicationVerifyCommand(CliContext context)
        : base(context, "verify", "Compares every table in the database, by DMS and in the landing zone, by rows and by values, and says where they differ")
    {
        foreach (var option in new Option[] { _wait, Environment, _format })
            Add(option);
    }

    public override IReadOnlyList<string> Examples => ["pipelines replication verify", "pipelines replication verify --wait 150 --format json"];

    protected override async Task<ExitCode> RunAsync(AwsClients aws, DeployedEnvironment environment, string taskArn, ParseResult arguments, CancellationToken cancel)
    {
        var database = await DatabaseAdmin.OfAsync(environment, aws, cancel);
        var workGroup = await environment.OutputAsync(environment.Names.AnalyticsStack, Names.WorkGroupOutput, cancel);
        var datasets = DatasetCatalog.All.Where(dataset => dataset.Source is DatabaseSource).ToList();
        var verification = new Verification(Context, aws, database, environment, taskArn, datasets);
        var tables = await verification.RunAsync(workGroup, TimeSpan.FromSeconds(arguments.GetValue(_wait)), cancel);
        ToRows(tables).Write(Context.Terminal, arguments.GetValue(_format));
        var different = tables.Where(table => table.Difference is not null).ToList();
        foreach (var table in different)
            Context.Terminal.Say($"{table.Table}: {table.Difference}.");
        foreach (var (dataset, column) in datasets.SelectMany(dataset => dataset.Columns.Select(column => (dataset, column))).Where(one => !CanonicalText.IsComparable(one.column)))
            Context.Terminal.Say($"{dataset.Name}.{column.Name} is a {column.TypeText}, whose digits differ between engines: its values are not compared.");
        Context.Terminal.Say(different.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{tables.Sum(table => table.Landed):N0} rows in {tables.Count} tables, and every one is where it should be, with the values that it should have.")
            : string.Create(CultureInfo.InvariantCulture, $"{different.Count} of {tables.Count} tables differ. Changes may be under way: --wait counts again."));
        return different.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static Rows ToRows(IReadOnlyList<TableReconciliation> tables) => new(
        [new("table", "varchar"), new("source", "bigint"), new("replicated", "bigint"), new("landed", "bigint"), new("source_checksum", "varchar"), new("landed_checksum", "varchar"), new("difference", "varchar")],
        [.. tables.Select(IReadOnlyList<string?> (table) => [table.Table, $"{table.Source}", $"{table.Replicated}", $"{table.Landed}", table.SourceChecksum, table.LandedChecksum, table.Difference])]);
}
