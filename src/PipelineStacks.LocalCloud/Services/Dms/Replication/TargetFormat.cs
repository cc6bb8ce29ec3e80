using System.Globalization;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>How an S3 endpoint's settings make files look, and where they put them.</summary>
internal sealed class TargetFormat(S3Settings settings)
{
    public S3Settings Settings => settings;

    public bool Parquet { get; } = S3Rules.Is(settings.DataFormat, "parquet");

    public bool Gzip { get; } = S3Rules.Is(settings.CompressionType, "gzip");

    public bool OpInLoad => settings.IncludeOpForFullLoad == true;

    /// <summary>By the table of the settings' documentation: without it in the load, a load of inserts only has none, either.</summary>
    public bool OpInChanges => settings.CdcInsertsOnly != true || OpInLoad;

    public string Ops => settings.CdcInsertsOnly == true ? "I" : settings.CdcInsertsAndUpdates == true ? "IU" : "IUD";

    public bool Header => settings.AddColumnName == true && !Parquet;

    // Files that become Parquet are quoted throughout on the way, which tells NULL from an empty text.
    public string Delimiter => Parquet ? "," : Unescape(settings.CsvDelimiter ?? ",");

    public string RowDelimiter => Parquet ? "\n" : Unescape(settings.CsvRowDelimiter ?? "\n");

    public string? Timestamp => string.IsNullOrEmpty(settings.TimestampColumnName) ? null : settings.TimestampColumnName;

    public string Extension => Parquet ? ".parquet" : Gzip ? ".csv.gz" : ".csv";

    public TimeSpan BatchInterval => TimeSpan.FromSeconds(settings.CdcMaxBatchInterval ?? 60);

    public long BatchBytes => (settings.CdcMinFileSize ?? 32_000) * 1024L;

    public long MaxFileBytes => (settings.MaxFileSize ?? 1_048_576) * 1024L;

    /// <summary>For the worker, which writes the rows.</summary>
    public JsonObject ToWorker() => new()
    {
        ["delimiter"] = Delimiter,
        ["rowDelimiter"] = RowDelimiter,
        ["nullText"] = Parquet ? "" : settings.CsvNullValue ?? "NULL",
        ["opInLoad"] = OpInLoad,
        ["timestamp"] = Timestamp,
        ["header"] = Header,
        ["always"] = Parquet,
        ["rfc4180"] = settings.Rfc4180 ?? true,
    };

    public string FolderOf(JsonObject definition)
    {
        var table = $"{definition["targetSchema"]}/{definition["targetName"]}/";
        return settings.BucketFolder?.Trim('/') is { Length: > 0 } folder ? $"{folder}/{table}" : table;
    }

    /// <summary>The hexadecimal counter of full-load files.</summary>
    public string LoadName(int number) => $"LOAD{number:X8}{Extension}";

    public string ChangesName(DateTimeOffset stamp) => stamp.UtcDateTime.ToString("yyyyMMdd-HHmmssfff", CultureInfo.InvariantCulture) + Extension;

    /// <summary>Such as <c>2026/11/20/</c>, by the time of the commit; empty without partitions.</summary>
    public string PartitionOf(DateTimeOffset commit)
    {
        if (settings.DatePartitionEnabled != true)
            return "";
        var local = settings.DatePartitionTimezone is { } zone ? TimeZoneInfo.ConvertTime(commit, TimeZoneInfo.FindSystemTimeZoneById(zone)) : commit.ToUniversalTime();
        var pattern = (settings.DatePartitionSequence ?? "YYYYMMDD").ToUpperInvariant() switch
        {
            "YYYYMMDD" => "yyyy MM dd",
            "YYYYMMDDHH" => "yyyy MM dd HH",
            "YYYYMM" => "yyyy MM",
            "MMYYYYDD" => "MM yyyy dd",
            _ => "dd MM yyyy",
        };
        var delimiter = (settings.DatePartitionDelimiter ?? "SLASH").ToUpperInvariant() switch { "SLASH" => "/", "UNDERSCORE" => "_", "DASH" => "-", _ => "" };
        return local.ToString(pattern, CultureInfo.InvariantCulture).Replace(" ", delimiter, StringComparison.Ordinal) + "/";
    }

    /// <summary>The names of a file's columns: Op, the time, the table's own, and those that rules add.</summary>
    public IEnumerable<string> ColumnsOf(JsonObject definition, bool op)
    {
        if (op)
            yield return "Op";
        if (Timestamp is not null)
            yield return Timestamp;
        foreach (var column in Columns(definition))
            yield return column["target"]!.ToString();
    }

    /// <summary>The table's own columns, then those that rules add.</summary>
    public static IEnumerable<JsonNode> Columns(JsonObject definition) =>
        definition["columns"]!.AsArray().Where(column => column!["target"] is not null).Concat(definition["added"]!.AsArray())!;

    private static string Unescape(string text) => text.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);
}
