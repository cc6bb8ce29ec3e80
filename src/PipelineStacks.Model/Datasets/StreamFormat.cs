using System.Collections.Immutable;

namespace PipelineStacks.Model.Datasets;

/// <summary>How a dataset's JSON records are read into its columns, and where Firehose puts them.</summary>
public static class StreamFormat
{
    /// <summary>
    /// Columns whose JSON key has another name. The keys are lower-case because the deserializer compares after lowering the record's.
    /// </summary>
    public static IReadOnlyDictionary<string, string> JsonKeys(Dataset dataset) => dataset.Columns
        .Where(column => !column.Key.Equals(column.Name, StringComparison.OrdinalIgnoreCase))
        .ToImmutableSortedDictionary(column => column.Name, column => column.Key.ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Firehose's prefix for delivered files. <c>yyyy</c>, since <c>YYYY</c> is the year of the week.</summary>
    public static string DeliveryPrefix(Dataset dataset) => $"{dataset.Name}/{ByArrival}";

    /// <summary>Firehose's prefix for rejected records.</summary>
    public static string ErrorPrefix(Dataset dataset) => $"{Names.QuarantinePrefix}{dataset.Name}/!{{firehose:error-output-type}}/{ByArrival}";

    /// <summary>Firehose's prefix for the source records.</summary>
    public static string SourceBackupPrefix(Dataset dataset) => $"{Names.SourceBackupPrefix}{dataset.Name}/{ByArrival}";

    private const string ByArrival = $"{DatasetRules.ArrivalDate}=!{{timestamp:yyyy-MM-dd}}/";
}
