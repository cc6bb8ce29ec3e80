using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>A part of an object's bytes.</summary>
internal readonly record struct ByteRange(long Start, long Length)
{
    /// <summary>Reads a <c>Range</c> header. What is malformed or names several ranges is ignored, as S3 ignores it.</summary>
    /// <returns>Null for the whole object.</returns>
    public static ByteRange? Read(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.Ordinal) || header.Contains(','))
            return null;
        var dash = header.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return null;
        var first = header.AsSpan(6, dash - 6);
        var last = header.AsSpan(dash + 1);
        if (first.IsEmpty)
        {
            if (!TryRead(last, out var suffix))
                return null;
            return suffix == 0 || size == 0
                ? throw S3Errors.InvalidRange(header, size)
                : new(Math.Max(0, size - suffix), Math.Min(suffix, size));
        }

        if (!TryRead(first, out var start))
            return null;
        var end = size - 1;
        if (!last.IsEmpty && (!TryRead(last, out end) || end < start))
            return null;
        return start >= size ? throw S3Errors.InvalidRange(header, size) : new(start, Math.Min(end, size - 1) - start + 1);
    }

    private static bool TryRead(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
