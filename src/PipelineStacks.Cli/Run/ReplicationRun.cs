using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Replications;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Run;

/// <summary>Fills the deployed database, replicates it, changes it while that goes on, and follows every row to the landing zone.</summary>
internal sealed class ReplicationRun(CliContext context, AwsClients aws, DeployedEnvironment environment, EnvironmentSettings settings, IReadOnlyList<Dataset> datasets)
{
    private const int Changes = 3000;
    private const int Parts = 3;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public async Task<ReplicationSummary> RunAsync(ulong seed, CancellationToken cancel)
    {
        var start = context.Time.GetTimestamp();
        var database = await DatabaseAdmin.OfAsync(environment, aws, cancel);
        await database.PrepareAsync(cancel);
        await new Seeding(context, database).RunAsync(cancel);

        var loading = context.Time.GetTimestamp();
        var taskArn = await environment.OutputAsync(environment.Names.ReplicationStack, Names.ReplicationTaskOutput, cancel);
        var control = new ReplicationTaskControl(context, aws, taskArn, Deadline);
        await control.StartAsync(null, cancel);
        await control.LoadedAsync(cancel);
        var loaded = context.Time.GetElapsedTime(loading);

        var before = await StatisticsAsync(taskArn, cancel);
        await ChangeAsync(database, seed, cancel);
        var (tables, patience) = (Array.Empty<TableReconciliation>(), TimeSpan.FromSeconds(2 * settings.Replication.BatchSeconds) + Margin);
        var workGroup = await environment.OutputAsync(environment.Names.AnalyticsStack, Names.WorkGroupOutput, cancel);
        await context.Terminal.ShowAsync(
            "Replicating", null, () => new ProgressState(0, $"DMS gathers changes for {settings.Replication.BatchSeconds} s before it writes a file"), VerifyAsync, context.Time);
        var after = await StatisticsAsync(taskArn, cancel);
        return new()
        {
            Difference = tables.FirstOrDefault(table => table.Difference is not null) is { } different ? $"{different.Table}: {different.Difference}" : null,
            Tables = tables.Length,
            SourceRows = tables.Sum(table => table.Source ?? 0),
            Checksums = tables.ToDictionary(table => table.Table, table => table.SourceChecksum == table.LandedChecksum ? table.SourceChecksum : null, StringComparer.Ordinal),
            LandedRows = tables.Sum(table => table.Landed),
            Inserts = after.Inserts - before.Inserts,
            Updates = after.Updates - before.Updates,
            Deletes = after.Deletes - before.Deletes,
            Seed = seed,
            LoadSeconds = Math.Round(loaded.TotalSeconds, 3),
            EndToEndSeconds = Math.Round(context.Time.GetElapsedTime(start).TotalSeconds, 3),
        };

        async Task VerifyAsync() =>
            tables = [.. await new Verification(context, aws, database, environment, taskArn, datasets).RunAsync(workGroup, patience, cancel)];
    }

    private async Task ChangeAsync(DatabaseAdmin database, ulong seed, CancellationToken cancel)
    {
        var changes = new SakilaChanges(seed);
        context.Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"Changing the database {Changes:N0} times while it is replicated, seed {seed} ..."));
        for (var part = 1; part <= Parts; part++)
            await database.ExecuteAsync([($"{SampleDatabase.Name}/changes-{part}.sql", changes.Next(Changes / Parts))], cancel);
    }

    private async Task<(long Inserts, long Updates, long Deletes)> StatisticsAsync(string taskArn, CancellationToken cancel)
    {
        var tables = await ReplicationCalls.Of(aws.Dms, taskArn).TablesAsync(cancel);
        return (tables.Sum(table => table.Inserts), tables.Sum(table => table.Updates), tables.Sum(table => table.Deletes));
    }
}
