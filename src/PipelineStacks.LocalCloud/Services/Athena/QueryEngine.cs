using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Results;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>
/// Runs queries. Each has a DuckDB of its own, so that one can't see, block or outlive another, and with it a memory limit.
/// </summary>
internal sealed class QueryEngine(ICatalog catalog, IObjectStore store, ParquetSchemas schemas, DataDirectory data, TimeProvider time)
{
    private const string Settings = """
        CREATE SCHEMA trino;
        SET integer_division = true;
        SET TimeZone = 'UTC';
        """;

    /// <summary>Runs a query and writes its rows to a file.</summary>
    /// <param name="cutoff">The bytes that it may read; null for any number.</param>
    /// <exception cref="SqlException">The query is refused or fails, in the engine's words.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public QueryOutcome Select(
        Call call, List<SqlToken> tokens, string database, IReadOnlyList<string> parameters, long? cutoff, string file, CancellationToken stop) =>
        Open(call, tokens, database, parameters, cutoff, (duck, translation) =>
        {
            using var result = duck.Query(translation.Sql);
            var columns = Columns(result);
            var rows = 0L;
            using var writer = new StreamWriter(file);
            ResultFile.WriteRow(writer, columns.Select(column => column.Name));
            while (result.Read())
            {
                stop.ThrowIfCancellationRequested();
                ResultFile.WriteRow(writer, Enumerable.Range(0, columns.Count).Select(i => PrestoText.Render(result.GetValue(i))));
                rows++;
            }

            return new QueryOutcome(columns, HasHeader: true) { Rows = rows };
        }, stop);

    /// <summary>The columns that a query has, without running it.</summary>
    public IReadOnlyList<(string Name, DuckType Type)> Describe(Call call, List<SqlToken> tokens, string database, CancellationToken stop)
    {
        IReadOnlyList<(string, DuckType)> columns = [];
        Open(call, tokens, database, [], null, (duck, translation) =>
        {
            using var result = duck.Query($"SELECT * FROM ({translation.Sql}) LIMIT 0");
            columns = [.. result.Columns.Select((column, i) => (Name(column.Name, i), column.Type))];
            return new QueryOutcome([], false);
        }, stop);
        return columns;
    }

    private QueryOutcome Open(
        Call call, List<SqlToken> tokens, string database, IReadOnlyList<string> parameters, long? cutoff,
        Func<DuckConnection, Translation, QueryOutcome> run, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var translation = Translator.Query(tokens, new(database, parameters, now));
        using var engine = new DuckDatabase(new(TempDirectory: data.Folder("tmp", "athena")));
        using var duck = engine.Connect();
        using var interrupt = new DuckInterruption(duck, stop);
        duck.Execute(Settings);
        var views = new TableViews(catalog, store, schemas, call, duck, now, cutoff);
        try
        {
            views.Make(translation);
            Probe(duck, translation);
            stop.ThrowIfCancellationRequested();
            return run(duck, translation) with { ScannedBytes = views.ScannedBytes };
        }
        catch (DuckException error) when (error.Interrupted || stop.IsCancellationRequested)
        {
            throw new OperationCanceledException("The query was stopped.", error, stop);
        }
        catch (DuckException error)
        {
            throw EngineErrors.Explain(views.Named(error.Message), translation);
        }
    }

    private static void Probe(DuckConnection duck, Translation translation)
    {
        foreach (var probe in translation.Probes)
        {
            try
            {
                using var found = duck.Query($"{probe.Sql} LIMIT 0");
            }
            catch (DuckException error) when (error.Message.Contains($"column \"{probe.Column.Path[^1]}\" not found", StringComparison.OrdinalIgnoreCase))
            {
                throw SqlException.ColumnNotFound(probe.Column.At, probe.Column.Path[^1]);
            }
        }
    }

    private static List<ColumnInfo> Columns(DuckResult result) => [.. result.Columns.Select((column, i) => ResultColumns.Of(Name(column.Name, i), column.Type))];

    // After a star the place of a column without a name is known only now.
    private static string Name(string name, int index) => name is "_col?" ? $"_col{index.ToString(CultureInfo.InvariantCulture)}" : name;
}

/// <summary>What came of a statement.</summary>
internal sealed record QueryOutcome(IReadOnlyList<ColumnInfo> Columns, bool HasHeader)
{
    public long ScannedBytes { get; init; }

    public long Rows { get; init; }

    public long? UpdateCount { get; init; }
}

/// <summary>The query would read more than its workgroup allows.</summary>
internal sealed class BytesScannedException(long bytes) : Exception("Query cancelled! : Bytes scanned limit was exceeded")
{
    public long Bytes => bytes;
}
