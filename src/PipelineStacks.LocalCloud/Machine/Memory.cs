using System.Globalization;

namespace PipelineStacks.LocalCloud.Machine;

/// <summary>The memory of this machine.</summary>
internal static class Memory
{
    private const string Linux = "/proc/meminfo";
    private const string Available = "MemAvailable:";

    /// <summary>Bytes that processes can still have; null where the system doesn't tell.</summary>
    public static double? Free() => File.Exists(Linux)
        ? File.ReadLines(Linux).Where(line => line.StartsWith(Available, StringComparison.Ordinal))
            .Select(line => 1024 * double.Parse(line[Available.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)).Cast<double?>().FirstOrDefault()
        : null;
}
