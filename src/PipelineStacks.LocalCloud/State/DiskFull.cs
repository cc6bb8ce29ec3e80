namespace PipelineStacks.LocalCloud.State;

/// <summary>Tells a full disk, which users mend, from other failures, which are defects.</summary>
internal static class DiskFull
{
    // ENOSPC and EDQUOT, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    public static bool Is(IOException error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) is 112 or 39 : error.HResult is 28 or 122;

    public static string Message(IOException error) => $"The local cloud's disk is full: {error.Message}";
}
