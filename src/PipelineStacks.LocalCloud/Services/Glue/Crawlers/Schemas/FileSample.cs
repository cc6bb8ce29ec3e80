using System.IO.Compression;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

/// <summary>The beginning of a file, unpacked, which is what classifiers read.</summary>
/// <param name="IsWhole">Whether it is all of the file.</param>
internal sealed record FileSample(byte[] Bytes, bool IsWhole, string Compression)
{
    private const int Length = 1 << 20;

    public string Text => Encoding.UTF8.GetString(Bytes).TrimStart('\uFEFF');

    /// <exception cref="InvalidDataException">It is compressed and broken.</exception>
    public static FileSample Read(string file)
    {
        using var raw = File.OpenRead(file);
        Span<byte> magic = stackalloc byte[2];
        var isGzip = raw.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1f, 0x8b];
        raw.Position = 0;
        using Stream content = isGzip ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        var bytes = new byte[Length + 1];
        var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return new(bytes[..Math.Min(read, Length)], read <= Length, isGzip ? "gzip" : "none");
    }

    /// <summary>The records of the whole file, from those in the sample.</summary>
    public long Estimate(long records, long fileSize) =>
        IsWhole || Bytes.Length == 0 ? records : (long)(records * Math.Max(1.0, (double)fileSize / Bytes.Length));
}
