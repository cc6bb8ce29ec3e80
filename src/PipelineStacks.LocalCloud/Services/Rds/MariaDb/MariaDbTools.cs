using System.Diagnostics;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Rds.MariaDb;

/// <summary>MariaDB's programs on this machine.</summary>
internal sealed class MariaDbTools
{
    /// <summary>Where to look; Debian keeps the server in a folder that isn't on everybody's path.</summary>
    public IReadOnlyList<string> Folders { get; init; } =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/local/sbin"];

    public string Server => Find("mariadbd");

    public string Client => Find("mariadb");

    public string Install => Find("mariadb-install-db");

    /// <exception cref="ServiceException">A program is missing; the message says how to get it.</exception>
    public void Demand()
    {
        foreach (var name in (string[])["mariadbd", "mariadb", "mariadb-install-db"])
            Find(name);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to its output.</returns>
    /// <exception cref="ServiceException">It failed; the message is what it wrote to its error output.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string folder, string? input = null, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // A password among the arguments could be read by everybody on the machine.
        if (variable is { } one)
            start.Environment[one.Name] = one.Value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await WriteAsync(process, input);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new ServiceException("DatabaseError", $"{Path.GetFileName(program)}: {(await error is { Length: > 0 } text ? text : await output).Trim()}", 500);
    }

    private static async Task WriteAsync(Process process, string? input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException) when (process.HasExited || process.WaitForExit(TimeSpan.FromSeconds(1)))
        {
            // It ended before it had read everything; its exit code and error output say why.
        }
    }

    private string Find(string name) =>
        Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new ServiceException("InternalFailure",
            $"{name} is missing: a DB instance is a real MariaDB server here. Install it with: sudo apt-get install -y mariadb-server", 500);
}
