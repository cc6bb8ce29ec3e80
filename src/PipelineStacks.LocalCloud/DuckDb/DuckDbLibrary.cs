using System.Runtime.InteropServices;

namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>Finds DuckDB's library where npm put it: in the package for this platform, in a <c>node_modules</c> above the program.</summary>
internal static class DuckDbLibrary
{
    public const string Name = "duckdb";

    private static readonly Lazy<nint> Handle = new(() => NativeLibrary.Load(Find(AppContext.BaseDirectory)));

    static DuckDbLibrary() =>
        NativeLibrary.SetDllImportResolver(typeof(DuckDbLibrary).Assembly, static (name, _, _) => name == Name ? Handle.Value : 0);

    /// <summary>Loads the library, so that its absence is one clear error and not a failed entry point later.</summary>
    /// <exception cref="DuckException">The library is not there.</exception>
    public static void Load() => _ = Handle.Value;

    /// <summary>The library's path, searched upwards from a directory.</summary>
    public static string Find(string from)
    {
        var (package, file) = Platform();
        for (var directory = new DirectoryInfo(from); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "node_modules", "@duckdb", package, file);
            if (File.Exists(candidate))
                return candidate;
        }

        throw new DuckException($"DuckDB's library node_modules/@duckdb/{package}/{file} was not found in or above {from}. Run `npm ci` in the repository.");
    }

    private static (string Package, string File) Platform()
    {
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            var other => throw new DuckException($"DuckDB has no library for the processor architecture {other}; x64 and arm64 have one."),
        };
        if (OperatingSystem.IsWindows())
            return ($"node-bindings-win32-{architecture}", "duckdb.dll");
        return OperatingSystem.IsMacOS()
            ? ($"node-bindings-darwin-{architecture}", "libduckdb.dylib")
            : ($"node-bindings-linux-{architecture}", "libduckdb.so");
    }
}
