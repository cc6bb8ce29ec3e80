namespace PipelineStacks.LocalCloud.Machine;

/// <summary>The disk of an instance that stands for a machine of its own: so large as was asked for, and filled by its files.</summary>
internal static class Storage
{
    private const double Gigabyte = 1024.0 * 1024 * 1024;

    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>Bytes that are left.</summary>
    public static double Free(int gigabytes, IEnumerable<string> folders) => Math.Max(0, (gigabytes * Gigabyte) - folders.Sum(SizeOf));

    private static double SizeOf(string folder)
    {
        var files = new DirectoryInfo(folder);
        try
        {
            return files.Exists ? files.EnumerateFiles("*", All).Sum(file => file.Exists ? (double)file.Length : 0) : 0;
        }
        catch (DirectoryNotFoundException)
        {
            // It was deleted meanwhile.
            return 0;
        }
    }
}
