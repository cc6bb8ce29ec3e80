using System.Globalization;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Run;

/// <summary>
/// Counts one run's events in the zones by Athena. They are told from those of earlier runs, which may still be on their way,
/// by the time that each carries: of the event itself in the landing zone, of its arrival in quarantine.
/// </summary>
internal sealed class ZoneCounts(AthenaClient athena, string workGroup, Names names, Dataset dataset, DateTimeOffset since)
{
    private string Time => since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    // The rules of datasets give every streamed one a partition.
    private string Happened => dataset.Partition!.Of;

    private string Arrived => $"{DatasetRules.ArrivalDate} >= DATE '{since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";

    private string Landed => $"FROM {dataset.Name} WHERE {Arrived} AND {Happened} >= TIMESTAMP '{Time}'";

    private string Rejected => $"FROM {dataset.Name}{Tables.QuarantineSuffix} WHERE {Arrived} AND arrivaltimestamp >= {since.ToUnixTimeMilliseconds()}";

    public Task<long> DeliveredAsync(CancellationToken cancel) => CountAsync($"SELECT count(*) AS row_count {Landed}", cancel);

    public Task<long> DifferentAsync(CancellationToken cancel) =>
        CountAsync($"SELECT count(*) AS row_count FROM (SELECT DISTINCT {string.Join(", ", dataset.Key)} {Landed})", cancel);

    public Task<long> QuarantinedAsync(CancellationToken cancel) => CountAsync($"SELECT count(*) AS row_count {Rejected}", cancel);

    public Task<long> TotalAsync(CancellationToken cancel) => CountAsync($"SELECT count(*) AS row_count FROM {dataset.Name}", cancel);

    /// <summary>How often each reason led to quarantine. The first sentence is the reason; what follows may quote the record.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReasonsAsync(CancellationToken cancel)
    {
        var result = await QueryAsync(
            $"SELECT lasterrorcode, split_part(lasterrormessage, '. ', 1) AS reason, count(*) AS record_count {Rejected} "
            + "GROUP BY lasterrorcode, split_part(lasterrormessage, '. ', 1) ORDER BY record_count DESC, reason", cancel);
        return result.Rows.ToDictionary(row => $"{row[0]}: {row[1]?.TrimEnd('.')}", row => Number(row[2]), StringComparer.Ordinal);
    }

    public Task<QueryResult> QueryAsync(string sql, CancellationToken cancel) => athena.RunAsync(sql, workGroup, names.Database(ZoneName.Landing), cancel);

    private async Task<long> CountAsync(string sql, CancellationToken cancel) => (await QueryAsync(sql, cancel)).Number();

    private static long Number(string? value) => long.Parse(value!, CultureInfo.InvariantCulture);
}
