using System.Globalization;
using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Templates;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>Events through a data stream: known by the run's ids.</summary>
internal sealed class StreamProbe(VerifyScope scope, IReadOnlyList<Dataset> datasets) : DeliveredProbe(scope, datasets, scope.Names.StreamingStack)
{
    private const string Joined = "streaming_films";
    private const string Added = "category_streams";

    public override string? Sums => Curated is not null && HasCurated(Added) ? Added : null;

    protected override string IsOwn => $"{Number} LIKE '{Mark.Text}-%'";

    protected override (string Table, string Count)? Curated => Pipeline == "film-events" && HasCurated(Joined) ? (Joined, "count(*)") : null;

    public override async Task<StepResult> SendAsync(CancellationToken cancel)
    {
        var stream = await OutputAsync(Names.StreamOutput(Dataset.Name), cancel);
        var records = Make(MarkedRecords.Own(Dataset, Mark));
        var tally = new Tally();
        var sender = new RecordSender(new StreamTarget(Scope.Aws.Kinesis, stream), tally, Scope.Context.Time, new Xoshiro((ulong)Random.Shared.NextInt64()));
        foreach (var batch in records.Chunk(KinesisClient.MaxRecords))
            await sender.SendAsync([.. batch.Select(RecordLine.Of)], cancel);
        return StepResult.Passed($"{records.Count}", tally.AcceptedCount.ToString(CultureInfo.InvariantCulture));
    }
}
