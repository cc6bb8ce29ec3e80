using System.Globalization;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>
/// Rows of the database, inserted, changed and one of them deleted again: known by the run's titles. They are films that no shop has a copy of, so
/// that nobody can rent them. Their numbers are taken again by the next run, since a table has but 65,535 of them.
/// </summary>
internal sealed class DatabaseProbe(VerifyScope scope, IReadOnlyList<Dataset> datasets) : Probe(scope, datasets)
{
    private const int Rows = 5;
    private const string Table = "film";
    private const string Curated = "film_category";
    private const string Operation = ReplicationFormat.OperationColumn;
    private const string Sequence = ReplicationFormat.SequenceColumn;

    private readonly ReplicationCheck _replication = new(scope);

    public override Dataset Dataset => Datasets.Single(dataset => dataset.Name == Table);

    public override IReadOnlyList<Count> Counts =>
    [
        // One row more was inserted, and the others updated.
        new(
            ZoneName.Landing, Table,
            $"SELECT count(DISTINCT {Sequence}) FROM {Scope.Table(ZoneName.Landing, Table)} WHERE {IsOwn} AND {Operation} IN ('I', 'U')",
            Rows + 1 + Rows),
        new(ZoneName.Clean, Table, $"SELECT count(*) FROM {Scope.Table(ZoneName.Clean, Table)} WHERE {IsOwn} AND length = 2", Rows),
        .. HasCurated(Curated) ? [new Count(ZoneName.Curated, Curated, $"SELECT count(*) FROM {Scope.Table(ZoneName.Curated, Curated)} WHERE {IsOwn} AND length = 2", Rows)] : Array.Empty<Count>(),
    ];

    public override IReadOnlyList<Partition> Partitions =>
    [
        new(ZoneName.Clean, Table, "current"),
        .. HasCurated(Curated) ? [new Partition(ZoneName.Curated, Curated, "current")] : Array.Empty<Partition>(),
    ];

    /// <summary>The deletions that arrived. They are told by the rows' numbers, since a deletion need not carry more.</summary>
    public Count Deletions => new(
        ZoneName.Landing, Table,
        $"""
        SELECT count(DISTINCT gone.{Sequence})
        FROM {Scope.Table(ZoneName.Landing, Table)} AS gone
        JOIN (
          SELECT film_id, min({Sequence}) AS inserted FROM {Scope.Table(ZoneName.Landing, Table)} WHERE {IsOwn} AND {Operation} = 'I' GROUP BY film_id
        ) AS own ON own.film_id = gone.film_id AND gone.{Sequence} > own.inserted
        WHERE gone.{Operation} = 'D'
        """,
        Rows + 1);

    private string Schema => ((DatabaseSource)Dataset.Source).Schema;

    private string IsOwn => $"title LIKE '{Mark.Text} %'";

    public override Func<CancellationToken, Task<StepResult>>? Ready => _replication.RunAsync;

    // Without the function that stands in the database's network nobody here reaches it, and what is in it is others' affair.
    public override string? Unsendable => Scope.Settings.Database.IsDeployed ? null : "the database is not the environment's own";

    public override async Task<StepResult> SendAsync(CancellationToken cancel)
    {
        var database = await DatabaseAdmin.OfAsync(Scope.Environment, Scope.Aws, cancel);
        var numbers = string.Join(" UNION ALL ", Enumerable.Range(1, Rows + 1).Select(i => $"SELECT {i} AS n"));
        await database.ExecuteAsync(
            [($"{Schema}/{Mark.Text}.sql", $"""
            USE {Schema};
            INSERT INTO {Table} (film_id, title, description, language_id, rental_duration, rental_rate, length, replacement_cost, rating)
            SELECT last.film_id + numbers.n, concat('{Mark.Text} ', numbers.n), 'A record of pipelines verify', language.language_id, 3, 4.99, 1, 19.99, 'G'
            FROM (SELECT coalesce(max(film_id), 0) AS film_id FROM {Table}) AS last
            CROSS JOIN (SELECT min(language_id) AS language_id FROM language) AS language
            CROSS JOIN ({numbers}) AS numbers;
            DELETE FROM {Table} WHERE title = '{Mark.Text} {Rows + 1}';
            UPDATE {Table} SET length = 2 WHERE {IsOwn};

            """)],
            cancel);
        return StepResult.Passed($"{Rows} rows", $"{Rows} rows");
    }

    public override Task<string?> StuckAsync(CancellationToken cancel) => _replication.StandstillAsync(cancel);

    public override async Task<string> ExplainAsync(CancellationToken cancel)
    {
        var table = (await _replication.TablesAsync(cancel)).FirstOrDefault(table => table.SchemaName == Schema && table.TableName == Table);
        return table is null
            ? $"the replication task does not replicate {Schema}.{Table}"
            : string.Create(CultureInfo.InvariantCulture, $"the replication task runs; of {Schema}.{Table} ({table.TableState}) it has read {table.Inserts} inserts, {table.Updates} updates and {table.Deletes} deletions");
    }

    public override async Task<string?> RemoveAsync(CancellationToken cancel)
    {
        var database = await DatabaseAdmin.OfAsync(Scope.Environment, Scope.Aws, cancel);
        await database.ExecuteAsync([($"{Schema}/{Mark.Text}-remove.sql", $"DELETE FROM {Schema}.{Table} WHERE {IsOwn};\n")], cancel);
        return $"the changes of {Rows + 1} rows of {Schema}.{Table} in the landing zone, their deletion among them, of which clean and curated have nothing once {Scope.Names.LakeWorkflow} has run";
    }
}
