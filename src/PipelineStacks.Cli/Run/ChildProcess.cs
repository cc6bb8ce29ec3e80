using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PipelineStacks.Cli.Run;

/// <summary>A program that this one starts: its output goes to a log, and it ends when this one is stopped.</summary>
internal static class ChildProcess
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="line">Gets every line, of standard output and standard error alike.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment, string folder, string log, Action<string> line, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        Apply(environment, start);
        await using var file = new StreamWriter(log);
        using var process = Start(start);
        process.StandardInput.Close();
        var writing = new Lock();
        async Task CopyAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } text)
            {
                lock (writing)
                {
                    file.WriteLine(text);
                    line(text);
                }
            }
        }

        var copies = Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process, Interrupt);
            throw;
        }

        await copies;
        return process.ExitCode;
    }

    /// <summary>Ends a process that may want to write down its state, and kills it if it takes too long.</summary>
    public static Task StopAsync(Process process) => StopAsync(process, Terminate);

    /// <exception cref="UserError">There is no such program.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new UserError(ExitCode.Unavailable, $"{start.FileName} can't be started: {error.Message}. Install it and put it on PATH.");
        }
    }

    /// <summary>Sets variables, and removes those that are null.</summary>
    public static void Apply(IReadOnlyDictionary<string, string?> environment, ProcessStartInfo start)
    {
        foreach (var (name, value) in environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
    }

    private static async Task StopAsync(Process process, int signal)
    {
        if (process.HasExited)
            return;
        // Windows has no signals for other programs than consoles' own; the state survives a kill, too.
        if (OperatingSystem.IsWindows() || Kill(process.Id, signal) != 0)
            process.Kill(entireProcessTree: true);
        using var deadline = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
