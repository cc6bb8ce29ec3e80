using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs.Sql;

/// <summary>
/// Where a unit's rejected rows go: one object per source file under a name that follows from the source file alone, so that a
/// repeated run puts the same in the same place.
/// </summary>
internal sealed partial class Quarantine(IObjectStore store, Call call, S3Location quarantine, string dataset)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string Prefix => PrefixOf(quarantine.Folder.Prefix, dataset);

    /// <summary>Writes the rows of the view <c>rejects</c> into files on this machine.</summary>
    /// <param name="sources">The objects that the rows are from.</param>
    /// <returns>By object key the file that is to be put there.</returns>
    public Dictionary<string, string> Write(DuckConnection duck, IReadOnlyList<StoredObject> sources, string folder)
    {
        var known = sources.ToDictionary(source => $"s3://{source.Bucket}/{source.Key}", StringComparer.Ordinal);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        using var rows = duck.Query("SELECT CAST(source_file AS VARCHAR), CAST(reason AS VARCHAR), CAST(record AS VARCHAR) FROM rejects ORDER BY ALL");
        var (current, writer) = ((string?)null, (StreamWriter?)null);
        try
        {
            while (rows.Read())
            {
                var source = (string?)rows.GetValue(0) ?? throw new UnitException("a row of the view rejects has no source_file");
                if (source != current)
                {
                    writer?.Dispose();
                    var key = KeyOf(source, known.TryGetValue(source, out var found) ? found.LastModified
                        : throw new UnitException($"the view rejects has the source_file {source}, which is none of the increment's files"));
                    writer = new StreamWriter(files[key] = Path.Combine(folder, $"rejects-{files.Count}.json"));
                    current = source;
                }

                writer!.Write(Line((string?)rows.GetValue(1) ?? "", (string?)rows.GetValue(2) ?? "", source));
                writer.Write('\n');
            }
        }
        finally
        {
            writer?.Dispose();
        }

        return files;
    }

    /// <summary>Puts what was written, and removes what earlier runs found in source files that are clean by now.</summary>
    public async Task PutAsync(IReadOnlyDictionary<string, string> files, IReadOnlyList<StoredObject> sources)
    {
        foreach (var (key, file) in files)
            await store.PutFileAsync(call, quarantine.Bucket, key, file, "application/json");
        var own = sources.Select(source => KeyOf($"s3://{source.Bucket}/{source.Key}", source.LastModified)).ToHashSet(StringComparer.Ordinal);
        foreach (var stale in store.List(call, quarantine.Bucket, Prefix).Where(found => own.Contains(found.Key) && !files.ContainsKey(found.Key)))
            store.Delete(call, stale.Bucket, stale.Key);
    }

    /// <param name="prefix">The quarantine's: <c>quarantine/</c>.</param>
    /// <param name="written">When the source file was; its day counts where the path has none.</param>
    public static string KeyOf(string prefix, string dataset, string source, DateTimeOffset written)
    {
        var day = Day().Match(source) is { Success: true } found
            ? $"{found.Groups[1].Value}-{found.Groups[2].Value}-{found.Groups[3].Value}"
            : written.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return $"{PrefixOf(prefix, dataset)}arrival_date={day}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..32]}.json";
    }

    private string KeyOf(string source, DateTimeOffset written) => KeyOf(quarantine.Folder.Prefix, dataset, source, written);

    private static string PrefixOf(string quarantine, string dataset) => $"{quarantine}{dataset}/clean-rejected/";

    /// <summary>A line in the quarantine tables' columns. A reason such as <c>InvalidValue: …</c> begins with its kind.</summary>
    public static string Line(string reason, string record, string source)
    {
        var kind = Kind().Match(reason);
        return JsonSerializer.Serialize(new
        {
            errorcode = $"Clean.{(kind.Success ? kind.Groups[1].Value : "Rejected")}",
            errormessage = $"{(kind.Success ? reason[kind.Length..] : reason)} (in {source})",
            rawdata = Convert.ToBase64String(Encoding.UTF8.GetBytes(record)),
        }, Json);
    }

    [GeneratedRegex(@"(?<!\d)((?:19|20)\d{2})[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?!\d)")]
    private static partial Regex Day();

    [GeneratedRegex(@"^([A-Z]\w*):\s*")]
    private static partial Regex Kind();
}
