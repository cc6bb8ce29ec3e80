using System.Globalization;
using PipelineStacks.Cli.Verify.Probes;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify;

/// <summary>Looks for the run's records among those that were rejected.</summary>
internal sealed class QuarantineCheck(VerifyScope scope)
{
    private const string Step = "error_type";

    public async Task<(long Records, string Explanation)> FindAsync(Probe probe, CancellationToken cancel)
    {
        var rows = (await scope.QueryAsync(
            $"""
            SELECT {Step}, {probe.RejectionCode} AS code, max(coalesce(lasterrormessage, errormessage)) AS message, count(*) AS records
            FROM {scope.Table(ZoneName.Landing, probe.Dataset.Name + Tables.QuarantineSuffix)}
            WHERE {scope.ArrivedSince} AND {probe.IsRejected}
            GROUP BY {Step}, {probe.RejectionCode}
            ORDER BY {Step}
            """,
            cancel)).Rows;
        var delivery = rows.Any(row => row[0] != Tables.CleanRejected) ? await probe.DeliveryAsync(cancel) : "";
        var count = rows.Sum(row => long.Parse(row[3]!, CultureInfo.InvariantCulture));
        return (count, string.Join("; ", rows.Select(row => $"{(row[0] == Tables.CleanRejected ? $"job {scope.Names.CleanJob(probe.Pipeline)}" : delivery)}: {row[3]} records in quarantine: {row[1]}{(row[2] is { } message ? $": {message}" : "")}")));
    }

    public async Task<StepResult> NoneAsync(Probe probe, CancellationToken cancel)
    {
        var (records, explanation) = await FindAsync(probe, cancel);
        return records == 0 ? StepResult.Passed("0", "0") : StepResult.Failed("0", records.ToString(CultureInfo.InvariantCulture), explanation);
    }
}
