namespace PipelineStacks.LocalCloud.State;

/// <summary>The directory that holds everything the cloud knows. An ephemeral one is deleted when the cloud stops.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly bool _ephemeral;
    private readonly FileStream _lock;

    /// <exception cref="IOException">The directory cannot be made or written, or another local cloud has it open.</exception>
    public DataDirectory(string? path)
    {
        _ephemeral = path is null;
        Root = path is null ? Directory.CreateTempSubdirectory("local-cloud-").FullName : Directory.CreateDirectory(path).FullName;
        _lock = Lock();
    }

    public string Root { get; }

    /// <summary>A directory under the root, made when missing.</summary>
    public string Folder(params ReadOnlySpan<string> parts) => Directory.CreateDirectory(Path.Combine([Root, .. parts])).FullName;

    public void Dispose()
    {
        _lock.Dispose();
        if (_ephemeral)
            Directory.Delete(Root, recursive: true);
    }

    // Two clouds on one directory would overwrite each other's state; the lock goes with the process, kill -9 included.
    private FileStream Lock()
    {
        try
        {
            return new FileStream(Path.Combine(Root, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(Path.Combine(Root, ".lock")))
        {
            throw new DirectoryInUseException(Root);
        }
    }
}
