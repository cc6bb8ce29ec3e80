using System.IO.Compression;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>Writes a spool's records one after the other, as they came.</summary>
internal static class RawObject
{
    public static void Write(SpoolFile spool, string file, ReadOnlySpan<byte> delimiter, bool gzip)
    {
        using var blocks = new SpoolBlocks(spool.Path, spool.Start);
        using var plain = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, 256 * 1024);
        using Stream output = gzip ? new GZipStream(plain, CompressionLevel.Optimal) : plain;
        byte[] buffer = [];
        while (blocks.Next(ref buffer) is { IsEmpty: false } block)
        {
            var cursor = new SpoolCursor(block);
            while (cursor.MoveNext())
            {
                output.Write(cursor.Current.Data);
                output.Write(delimiter);
            }
        }
    }
}
