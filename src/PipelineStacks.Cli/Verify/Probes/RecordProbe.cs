using System.Text.Json.Nodes;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>JSON records, which happened on the run's own day and so have partitions of their own in clean and curated.</summary>
internal abstract class RecordProbe(VerifyScope scope, IReadOnlyList<Dataset> datasets) : Probe(scope, datasets)
{
    public override Dataset Dataset => Datasets[0];

    public override IReadOnlyList<Count> Counts =>
    [
        // A record may arrive twice; that is for the clean job to end.
        new(ZoneName.Landing, Dataset.Name, $"SELECT count(DISTINCT {Number}) FROM {Scope.Table(ZoneName.Landing, Dataset.Name)} WHERE {(IsCrawled ? "" : $"{Scope.ArrivedSince} AND ")}{IsOwn}", Scope.Options.Records),
        new(ZoneName.Clean, Dataset.Name, $"SELECT count(*) FROM {Scope.Table(ZoneName.Clean, Dataset.Name)} WHERE {OnDay} AND {IsOwn}", Scope.Options.Records),
        .. Curated is { } curated
            ? [new Count(ZoneName.Curated, curated.Table, $"SELECT {curated.Count} FROM {Scope.Table(ZoneName.Curated, curated.Table)} WHERE {OnDay} AND {IsOwn}", Scope.Options.Records)]
            : Array.Empty<Count>(),
    ];

    public override IReadOnlyList<Partition> Partitions =>
    [
        Day(ZoneName.Clean, Dataset.Name),
        .. Curated is { } curated ? [Day(ZoneName.Curated, curated.Table)] : Array.Empty<Partition>(),
    ];

    /// <summary>A condition that is true of the run's records, in every zone.</summary>
    protected abstract string IsOwn { get; }

    /// <summary>The column in which no two of the run's records are the same.</summary>
    protected virtual string Number => Dataset.Key.Single();

    /// <summary>The curated table that is made of them, and how many of them it holds; null where there is none.</summary>
    protected virtual (string Table, string Count)? Curated => null;

    private string OnDay => $"{Dataset.Partition!.Name} = DATE '{Mark.DayText}'";

    /// <summary>Of the landing zone; in clean and curated the run's partitions go.</summary>
    public override async Task<string?> RemoveAsync(CancellationToken cancel) =>
        await LandedFiles.RemoveAsync(Scope, Dataset.Name, IsOwn, Scope.ArrivedSince, cancel) is var stay and > 0
            ? $"{stay} records of {Dataset.Name} in the landing zone, in files that hold others' as well: until these expire, and a rebuild brings them back to {Mark.DayText}"
            : null;

    /// <summary>The dataset's samples, made the run's own.</summary>
    protected IReadOnlyList<string> Make(IReadOnlyDictionary<string, Func<int, JsonNode>> own) =>
        MarkedRecords.Make(((RecordSource)Dataset.Source).SampleTemplate, Scope.Options.Records, own, Scope.Context.Time);

    private Partition Day(ZoneName zone, string table) => new(zone, table, Mark.DayText, $"SELECT count(*) FROM {Scope.Table(zone, table)} WHERE {OnDay} AND NOT {IsOwn}");
}
