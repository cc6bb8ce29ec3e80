using PipelineStacks.Cli.Verify;
using PipelineStacks.Cli.Verify.Probes;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Verify;

/// <summary>A hundred records of film_events that nobody sends anywhere.</summary>
internal sealed class FakeProbe(VerifyScope scope) : Probe(scope, [DatasetCatalog.Find("film_events")])
{
    /// <summary>Why they can't be sent.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why they won't arrive.</summary>
    public string? Stuck { get; init; }

    /// <summary>What was done with them.</summary>
    public List<string> Done { get; } = [];

    public override IReadOnlyList<Count> Counts => [new(ZoneName.Landing, "film_events", "SELECT count(*) FROM film_events", 100)];

    public override IReadOnlyList<Partition> Partitions => [];

    public override Dataset Dataset => Datasets[0];

    public override string? Unsendable => Refusal;

    public override Task<StepResult> SendAsync(CancellationToken cancel)
    {
        Done.Add("sent");
        return Task.FromResult(StepResult.Passed("100", "100"));
    }

    public override Task<string?> StuckAsync(CancellationToken cancel) => Task.FromResult(Stuck);

    public override Task<string> DeliveryAsync(CancellationToken cancel) => Task.FromResult("delivery stream d");

    public override Task<string> ExplainAsync(CancellationToken cancel) => Task.FromResult("nobody has seen them");

    public override Task<string?> RemoveAsync(CancellationToken cancel)
    {
        Done.Add("removed");
        return Task.FromResult<string?>(null);
    }
}
