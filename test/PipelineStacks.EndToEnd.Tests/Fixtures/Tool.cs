using System.Diagnostics;

namespace PipelineStacks.EndToEnd.Tests.Fixtures;

/// <summary>What a program printed and how it ended.</summary>
internal sealed record ToolResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The output of a program that must have succeeded.</summary>
    public string Succeeded()
    {
        ExitCode.ShouldBe(0, $"{Command}\n{Output}\n{Error}");
        return Output;
    }
}

/// <summary>Runs real clients: the CDK CLI, awscli, Python with boto3.</summary>
internal static class Tool
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    /// <summary>awscli of the system, not one that a version manager's shim may or may not have.</summary>
    public static string Aws { get; } = Find("aws", "awscli");

    /// <summary>The Python for which the system's boto3 is installed.</summary>
    public static string Python { get; } = Find("python3", "python3-boto3");

    public static async Task<ToolResult> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null, string? input = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} had not ended after {Deadline}.\n{await output}\n{await error}");
        }

        return new($"{program} {string.Join(' ', start.ArgumentList)}", process.ExitCode, await output, await error);
    }

    private static string Find(string program, string package)
    {
        // The system's first: what a version manager puts on PATH may be a shim with nothing behind it.
        var folders = (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend("/usr/bin");
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} is missing: run scripts/test, which installs {package} on Debian, or put it on PATH.");
    }
}
