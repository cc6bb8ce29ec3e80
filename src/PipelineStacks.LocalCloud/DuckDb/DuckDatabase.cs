namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>How much of the machine one DuckDB may take.</summary>
/// <param name="TempDirectory">Where it spills what exceeds the memory; null for nowhere.</param>
/// <param name="PreserveInsertionOrder">Whether rows leave in the order in which they came; giving it up lets writers run in parallel.</param>
internal sealed record DuckOptions(string MemoryLimit = "256MB", int Threads = 2, string? TempDirectory = null, bool PreserveInsertionOrder = true);

/// <summary>
/// A DuckDB in this process's memory. It loads no extension beyond those in its library and therefore never reaches for the
/// network. Connections to it share its memory limit and its threads.
/// </summary>
internal sealed class DuckDatabase : IDisposable
{
    private readonly DatabaseHandle _handle;

    /// <exception cref="DuckException">The library is missing or an option is refused.</exception>
    public DuckDatabase(DuckOptions? options = null)
    {
        options ??= new();
        DuckDbLibrary.Load();
        _handle = Open(options);
        try
        {
            using var connection = Connect();
            ChunkScan.RegisterFunction(connection);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    /// <summary>Such as <c>v1.5.6</c>.</summary>
    public static string Version
    {
        get
        {
            DuckDbLibrary.Load();
            return Native.Text(Native.LibraryVersion())!;
        }
    }

    /// <summary>A connection with its own transaction, settings and temporary tables. One thread uses it at a time.</summary>
    public DuckConnection Connect()
    {
        if (Native.Connect(_handle, out var connection) != Native.Success)
            throw new DuckException("DuckDB refused a connection.");
        return new DuckConnection(connection);
    }

    public void Dispose() => _handle.Dispose();

    private static DatabaseHandle Open(DuckOptions options)
    {
        if (Native.CreateConfig(out var config) != Native.Success)
            throw new DuckException("DuckDB could not allocate its configuration.");
        try
        {
            Set("memory_limit", options.MemoryLimit);
            Set("threads", options.Threads.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Set("temp_directory", options.TempDirectory ?? "");
            Set("preserve_insertion_order", options.PreserveInsertionOrder ? "true" : "false");
            Set("autoinstall_known_extensions", "false");
            Set("autoload_known_extensions", "false");
            Set("allow_community_extensions", "false");
            if (Native.Open(":memory:", out var database, config, out var error) == Native.Success)
                return database;
            database.Dispose();
            throw new DuckException(Native.TakeText(error));
        }
        finally
        {
            Native.DestroyConfig(ref config);
        }

        void Set(string name, string value)
        {
            if (Native.SetConfig(config, name, value) != Native.Success)
                throw new DuckException($"DuckDB does not know the option {name}.");
        }
    }
}
