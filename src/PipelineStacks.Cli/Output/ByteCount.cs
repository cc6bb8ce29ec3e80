using System.Globalization;

namespace PipelineStacks.Cli.Output;

/// <summary>Bytes as people read them, in steps of 1,000 as storage is billed.</summary>
internal static class ByteCount
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB", "PB"];

    public static string Of(long bytes)
    {
        double size = bytes;
        var unit = 0;
        for (; size >= 1000 && unit < Units.Length - 1; unit++)
            size /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? size.ToString("N0", CultureInfo.InvariantCulture) : size.ToString("N1", CultureInfo.InvariantCulture))} {Units[unit]}");
    }
}
