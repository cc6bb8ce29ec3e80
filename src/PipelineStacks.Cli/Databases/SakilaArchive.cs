using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace PipelineStacks.Cli.Databases;

/// <summary>The official download: Sakila 1.5, as it was published in September 2026.</summary>
internal static class SakilaArchive
{
    private const string Checksum = "ad246d78271690412375ad6de8da2cbfa64eb535040d5c5a36f7af59e24e0649";

    public static Uri Address { get; } = new("https://downloads.mysql.com/docs/sakila-db.tar.gz");

    /// <exception cref="InvalidDataException">It is another file than the one that is known.</exception>
    public static Task<SampleDatabase> ReadAsync(byte[] archive) => ReadAsync(archive, Checksum);

    internal static async Task<SampleDatabase> ReadAsync(byte[] archive, string checksum)
    {
        var found = Convert.ToHexStringLower(SHA256.HashData(archive));
        if (found != checksum)
            throw new InvalidDataException($"its checksum is {found}, and {checksum} was expected");
        var files = await ExtractAsync(archive);
        return SampleDatabase.Official($"Sakila from {Address}", Text(SampleSource.SchemaFile), Text(SampleSource.DataFile));

        string Text(string name) => files.TryGetValue(name, out var text) ? text : throw new InvalidDataException($"it has no file {name}");
    }

    private static async Task<Dictionary<string, string>> ExtractAsync(byte[] archive)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var unzipped = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (entry.DataStream is null || !entry.Name.EndsWith(".sql", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(entry.DataStream);
            files[Path.GetFileName(entry.Name)] = await reader.ReadToEndAsync();
        }

        return files;
    }
}
