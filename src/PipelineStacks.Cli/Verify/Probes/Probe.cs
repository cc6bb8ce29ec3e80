using System.Globalization;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>A question by which the run's records are counted in a table.</summary>
/// <param name="Sql">A query with one number.</param>
internal sealed record Count(ZoneName Zone, string Table, string Sql, long Expected)
{
    /// <summary>The zone, as steps and messages name it.</summary>
    public string ZoneText => Zone.ToString().ToLowerInvariant();

    /// <summary>Such as <c>99 of 100</c>.</summary>
    public string Of(long found) => string.Create(CultureInfo.InvariantCulture, $"{found} of {Expected}");
}

/// <summary>A partition in which the run's records must be.</summary>
/// <param name="OthersSql">Counts others' rows in it, where the run's day is the partition; without any it is the run's to remove.</param>
internal sealed record Partition(ZoneName Zone, string Table, string Value, string? OthersSql = null);

/// <summary>Sends known records through a pipeline, knows how they are found again, and removes them.</summary>
internal abstract class Probe(VerifyScope scope, IReadOnlyList<Dataset> datasets)
{
    public string Pipeline => datasets[0].Pipeline;

    public IReadOnlyList<Dataset> Datasets => datasets;

    /// <summary>In landing, clean and curated, in that order.</summary>
    public abstract IReadOnlyList<Count> Counts { get; }

    public abstract IReadOnlyList<Partition> Partitions { get; }

    /// <summary>A curated table that adds the records up with others', so that they can't be taken out of it.</summary>
    public virtual string? Sums => null;

    /// <summary>The dataset whose quarantine would have the records.</summary>
    public abstract Dataset Dataset { get; }

    /// <summary>A condition that is true of the run's records in that quarantine.</summary>
    public virtual string IsRejected => $"from_utf8(from_base64(rawdata)) LIKE '%{Mark.Text}%'";

    /// <summary>What says there why.</summary>
    public virtual string RejectionCode => "coalesce(lasterrorcode, errorcode)";

    protected VerifyScope Scope => scope;

    protected RunMark Mark => scope.Mark;

    /// <summary>Makes a replication run that the records depend on; null where they don't.</summary>
    public virtual Func<CancellationToken, Task<StepResult>>? Ready => null;

    /// <summary>Why nothing can be sent here; null where something can.</summary>
    public virtual string? Unsendable => null;

    /// <summary>Sends the records.</summary>
    public abstract Task<StepResult> SendAsync(CancellationToken cancel);

    /// <summary>Whether the landing zone's table is a crawler's, so that nothing can be counted in it before the workflow.</summary>
    public virtual bool IsCrawled => false;

    /// <summary>Why nothing more will arrive, as far as that is known; null while it may.</summary>
    public virtual Task<string?> StuckAsync(CancellationToken cancel) => Task.FromResult<string?>(null);

    /// <summary>What brings the records into the landing zone, and rejects them.</summary>
    public virtual Task<string> DeliveryAsync(CancellationToken cancel) => Task.FromResult($"delivery of {Dataset.Name}");

    /// <summary>Why they may not have arrived in the landing zone.</summary>
    public abstract Task<string> ExplainAsync(CancellationToken cancel);

    /// <summary>Removes the records from where they were sent, and from the landing zone.</summary>
    /// <returns>What stays, and until when; null if nothing does.</returns>
    public abstract Task<string?> RemoveAsync(CancellationToken cancel);

    /// <summary>Whether the environment has a curated table.</summary>
    protected bool HasCurated(string table) => scope.CuratedTables.Any(known => known.Name == table);
}
