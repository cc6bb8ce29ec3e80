using System.Globalization;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Cli.Quarantines;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Run;

/// <summary>A table of the clean or the curated zone after a run.</summary>
/// <param name="Expected">What it must have by what it was made of; null where that is not told by a count.</param>
/// <param name="Flaw">What is wrong with its rows, beside their number.</param>
internal sealed record LakeTable(string Table, long Rows, long? Expected, string? Flaw = null)
{
    /// <summary>What is wrong with it, if anything is.</summary>
    public string? Difference => Flaw ?? (Expected is { } expected && expected != Rows
        ? string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} rows, and {expected:N0} should be there")
        : null);
}

/// <summary>Counts the tables behind the landing zone by Athena, each against what it was made of.</summary>
internal sealed class LakeCounts(AthenaClient athena, string workGroup, Names names, QuarantineStore store)
{
    private string Landing => names.Database(ZoneName.Landing);

    private string Clean => names.Database(ZoneName.Clean);

    private string Curated => names.Database(ZoneName.Curated);

    /// <summary>The clean tables: events against the different ones that landed, rows of a database against the database.</summary>
    public async Task<IReadOnlyList<LakeTable>> CleanAsync(IReadOnlyList<Dataset> datasets, IReadOnlyDictionary<string, long?>? source, CancellationToken cancel)
    {
        var rows = await CountAsync(datasets.Select(dataset => (dataset.Name, $"SELECT count(*) FROM {Clean}.{dataset.Name}")), cancel);
        var events = datasets.Where(dataset => dataset.Source is RecordSource).ToList();
        var landed = await CountAsync(events.Select(dataset => (dataset.Name, $"SELECT count(*) FROM (SELECT DISTINCT {Keys(dataset)} FROM {Landing}.{dataset.Name} WHERE {Complete(dataset)}) AS keys")), cancel);
        List<LakeTable> tables = [];
        foreach (var dataset in datasets)
        {
            var expected = dataset.Source is DatabaseSource database ? source?.GetValueOrDefault(database.FullName) : landed[dataset.Name] - await RejectedAsync(dataset, cancel);
            tables.Add(new($"{Clean}.{dataset.Name}", rows[dataset.Name], expected));
        }

        return tables;
    }

    /// <summary>The curated tables, against the clean ones where one row there is one row here.</summary>
    public async Task<IReadOnlyList<LakeTable>> CuratedAsync(IReadOnlyList<CuratedTable> tables, CancellationToken cancel)
    {
        var known = tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var rows = await CountAsync(tables.Select(table => (table.Name, $"SELECT count(*) FROM {Curated}.{table.Name}")), cancel);
        var expected = await CountAsync(Expected.Where(pair => known.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value)), cancel);
        var flaws = await CountAsync(Flaws.Where(pair => known.Contains(pair.Table)).Select(pair => (pair.Table, pair.Sql)), cancel);
        return [.. tables.Select(table => new LakeTable(
            $"{Curated}.{table.Name}",
            rows[table.Name],
            expected.TryGetValue(table.Name, out var count) ? count : null,
            flaws.TryGetValue(table.Name, out var bad) && bad > 0 ? string.Create(CultureInfo.InvariantCulture, $"{bad:N0} {Flaws.First(pair => pair.Table == table.Name).What}") : null))];
    }

    private Dictionary<string, string> Expected => new(StringComparer.Ordinal)
    {
        ["film_category"] = $"SELECT count(*) FROM {Clean}.film AS f LEFT JOIN {Clean}.film_category AS c ON c.film_id = f.film_id",
        ["streaming_films"] = $"SELECT count(*) FROM {Clean}.film_events",
        ["player_sessions"] = $"SELECT count(*) FROM (SELECT DISTINCT player, date_trunc('minute', played_at) FROM {Clean}.play_logs) AS minutes",
    };

    private IReadOnlyList<(string Table, string What, string Sql)> Flaws =>
    [
        ("streaming_films", "events have no category", $"SELECT count(*) FROM {Curated}.streaming_films WHERE category IS NULL"),
        ("category_streams", "events are not in it", $"SELECT (SELECT count(*) FROM {Curated}.streaming_films) - (SELECT coalesce(sum(streams), 0) FROM {Curated}.category_streams)"),
        ("film_revenue", "payments are not in it", $"SELECT (SELECT count(*) FROM {Clean}.payment) - (SELECT coalesce(sum(payments), 0) FROM {Curated}.film_revenue)"),
        ("player_sessions", "lines are not in it", $"SELECT (SELECT count(*) FROM {Clean}.play_logs) - (SELECT coalesce(sum(events), 0) FROM {Curated}.player_sessions)"),
    ];

    // What was rejected is missing as long as nobody has repaired it; without a key it was never counted.
    private async Task<long> RejectedAsync(Dataset dataset, CancellationToken cancel)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, hasLedger) in await store.ListAsync(new(dataset.Name, Tables.CleanRejected), cancel))
        {
            var ledger = hasLedger ? await store.LedgerAsync(file, cancel) : Ledger.Empty;
            await foreach (var record in store.ReadAsync(file, cancel))
            {
                var json = ledger.Holds(record.Id) ? null : RecordExport.Parse(record.Text);
                var values = dataset.Key.Select(name => json?[dataset.Columns.First(column => column.Name == name).Key]?.ToString()).ToList();
                if (values.All(value => value is not null))
                    keys.Add(string.Join('\n', values));
            }
        }

        return keys.Count;
    }

    private async Task<IReadOnlyDictionary<string, long>> CountAsync(IEnumerable<(string Name, string Sql)> counts, CancellationToken cancel)
    {
        var all = counts.ToList();
        if (all.Count == 0)
            return new Dictionary<string, long>();
        var sql = string.Join("\nUNION ALL\n", all.Select(count => $"SELECT '{count.Name}' AS table_name, ({count.Sql}) AS row_count"));
        var result = await athena.RunAsync(sql, workGroup, Landing, cancel);
        return result.Rows.ToDictionary(row => row[0]!, row => long.Parse(row[1]!, CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    private static string Keys(Dataset dataset) => string.Join(", ", dataset.Key);

    private static string Complete(Dataset dataset) => string.Join(" AND ", dataset.Key.Select(name => $"{name} IS NOT NULL"));
}
