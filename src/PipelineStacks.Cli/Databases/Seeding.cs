using System.Globalization;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Databases;

/// <summary>Loads the sample database where there is none, so that doing it again changes nothing.</summary>
internal sealed class Seeding(CliContext context, DatabaseAdmin database)
{
    /// <summary>Loads whichever sample is found, unless there is something already.</summary>
    public Task<IReadOnlyDictionary<string, long?>> RunAsync(CancellationToken cancel) =>
        RunAsync(() => new SampleSource(context, SampleSource.DownloadAsync).FindAsync(null, null, cancel), replace: false, cancel);

    /// <param name="find">Gets the sample, once it is needed.</param>
    /// <param name="replace">Loads it anew over what is there.</param>
    /// <returns>The rows of its tables.</returns>
    public async Task<IReadOnlyDictionary<string, long?>> RunAsync(Func<Task<SampleDatabase>> find, bool replace, CancellationToken cancel)
    {
        var before = await database.CountsAsync(cancel);
        if (before.Values.Any(rows => rows is not null) && !replace)
        {
            var empty = before.Where(table => table.Value is null or 0).Select(table => table.Key).Order(StringComparer.Ordinal).ToList();
            if (empty.Count > 0)
            {
                throw new UserError(
                    ExitCode.Failed,
                    $"The database is there and has no rows in {string.Join(", ", empty)}: its loading was interrupted, or somebody uses it. Load it anew, over what is there, with --replace.");
            }

            context.Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"The database is there already, with {before.Values.Sum():N0} rows."));
            return before;
        }

        var sample = await find();
        context.Terminal.Say($"Loading {sample.Origin} ...");
        IReadOnlyDictionary<string, long?> after = new Dictionary<string, long?>();
        await context.Terminal.ShowAsync("Loading", null, () => new ProgressState(0, "the function runs the statements"), LoadAsync, context.Time);
        context.Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"Loaded {after.Values.Sum():N0} rows in {after.Count} tables"));
        return after;

        async Task LoadAsync() => after = await database.ExecuteAsync(
            [($"{SampleDatabase.Name}/{SampleSource.SchemaFile}", sample.Schema), ($"{SampleDatabase.Name}/{SampleSource.DataFile}", sample.Data)], cancel);
    }
}
