using System.Text.Json;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Functions;

/// <summary>
/// Puts a function's own files and the Node packages that it imports into one folder, as Lambda wants them. The packages are those that the lock
/// file pinned and npm ci installed, so that neither Docker nor a network is needed, and equal inputs are an equal asset.
/// </summary>
public static class NodePackages
{
    // What an import never reads.
    private static readonly string[] Needless = [".d.ts", ".d.cts", ".d.mts", ".md", ".map", ".ts"];

    /// <summary>Makes the folder.</summary>
    /// <param name="function">The folder with the function's files.</param>
    /// <param name="packages">Names of packages that it imports.</param>
    /// <param name="modules">The project's node_modules.</param>
    /// <param name="target">An empty folder to put them in.</param>
    /// <exception cref="SettingsException">A package isn't installed.</exception>
    public static void Bundle(string function, IEnumerable<string> packages, string modules, string target)
    {
        Copy(function, target);
        foreach (var package in Closure(packages, modules))
            Copy(Path.Combine(modules, package), Path.Combine(target, "node_modules", package));
    }

    /// <summary>The packages and all that they depend on, but for what a package brings along in a node_modules of its own.</summary>
    /// <exception cref="SettingsException">A package isn't installed.</exception>
    public static IReadOnlyCollection<string> Closure(IEnumerable<string> packages, string modules)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<(string Name, string From)>(packages.Select(name => (name, modules)));
        while (open.TryDequeue(out var next))
        {
            var isNested = next.From != modules && Directory.Exists(Path.Combine(next.From, next.Name));
            if (!isNested && !found.Add(next.Name))
                continue;
            var folder = Path.Combine(isNested ? next.From : modules, next.Name);
            foreach (var dependency in Dependencies(folder, next.Name))
                open.Enqueue((dependency, Path.Combine(folder, "node_modules")));
        }
        return found;
    }

    private static IReadOnlyList<string> Dependencies(string folder, string name)
    {
        var manifest = Path.Combine(folder, "package.json");
        if (!File.Exists(manifest))
            throw new SettingsException($"The Node package {name} is missing. Run npm ci in the folder of the project.");
        using var json = JsonDocument.Parse(File.ReadAllText(manifest));
        return json.RootElement.TryGetProperty("dependencies", out var dependencies) ? [.. dependencies.EnumerateObject().Select(member => member.Name)] : [];
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source).Where(file => !Needless.Any(file.EndsWith)))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(source).Where(folder => Path.GetFileName(folder) is not ("test" or "typings")))
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
    }
}
