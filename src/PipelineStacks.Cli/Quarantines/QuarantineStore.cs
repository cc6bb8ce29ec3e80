using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using PipelineStacks.Aws.S3;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Quarantines;

/// <summary>
/// The quarantine, read right from S3: its files are lines of JSON in one layout, whose steps and datasets need not be known to the catalog, and a
/// line at a time needs no memory however many there are.
/// </summary>
internal sealed class QuarantineStore(S3Client s3, string bucket)
{
    // Of a line's content; enough that two different lines of one file never share it.
    private const int KeyBytes = 16;

    public string Bucket => bucket;

    /// <summary>The files that the filter takes, each with whether there is a note on replayed records.</summary>
    public async Task<IReadOnlyList<(QuarantineObject Object, bool HasLedger)>> ListAsync(QuarantineFilter filter, CancellationToken cancel)
    {
        List<QuarantineObject> found = [];
        var ledgers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var prefix in Prefixes(filter))
        {
            await foreach (var item in s3.ListAsync(bucket, prefix, cancel))
            {
                if (QuarantineObject.IsLedger(item.Key))
                    ledgers.Add(item.Key);
                else if (QuarantineObject.Find(item) is { } file && filter.Takes(file))
                    found.Add(file);
            }
        }

        return [.. found.Select(file => (file, ledgers.Contains(file.LedgerKey)))];
    }

    /// <summary>The records of a file, one at a time.</summary>
    public async IAsyncEnumerable<RejectedRecord> ReadAsync(QuarantineObject item, [EnumeratorCancellation] CancellationToken cancel)
    {
        // What expired since it was listed is gone.
        if (await s3.FindAsync(bucket, item.Key, cancel) is not { } content)
            yield break;
        using var reader = new StreamReader(content.Stream, Encoding.UTF8);
        var seen = new Dictionary<UInt128, int>();
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length > 0)
                yield return RejectedRecord.Read(item, line, Repeated);
        }

        int Repeated(byte[] data)
        {
            var key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(data).AsSpan(0, KeyBytes));
            ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(seen, key, out _);
            return count++;
        }
    }

    /// <summary>Which records of a file were replayed.</summary>
    public async Task<Ledger> LedgerAsync(QuarantineObject item, CancellationToken cancel) =>
        await s3.FindAsync(bucket, item.LedgerKey, cancel) is { } content ? await Ledger.ReadAsync(content, cancel) : Ledger.Empty;

    /// <summary>Notes that records of a file were replayed. Somebody else's notes of the same moment stay.</summary>
    public async Task MarkAsync(QuarantineObject item, IReadOnlyList<LedgerEntry> entries, CancellationToken cancel)
    {
        while (true)
        {
            var ledger = await LedgerAsync(item, cancel);
            var content = ledger.With(entries);
            var written = ledger.ETag is { } tag
                ? await s3.ReplaceAsync(bucket, item.LedgerKey, content, Ledger.ContentType, tag, cancel)
                : await s3.AddAsync(bucket, item.LedgerKey, content, Ledger.ContentType, cancel);
            if (written)
                return;
        }
    }

    // The notes on one step's files lie beside it.
    private static string[] Prefixes(QuarantineFilter filter) => filter is { Dataset: { } dataset, Step: not null }
        ? [filter.Prefix, $"{Names.QuarantinePrefix}{dataset}/{QuarantineObject.Replayed}/{filter.Step}/"]
        : [filter.Prefix];
}
