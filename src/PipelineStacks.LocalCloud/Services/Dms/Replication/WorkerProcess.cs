using System.Diagnostics;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>
/// A Node process that talks to a source. It gets its configuration as the first line of its input and ends when the input does,
/// so it dies with the cloud however the cloud dies. What it has to say are lines of JSON.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private WorkerProcess(Process process) => (_process, _errors, Id) = (process, process.StandardError.ReadToEndAsync(), process.Id);

    public int Id { get; }

    public static WorkerProcess Start(JsonObject configuration)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Services", "Dms", "worker", "main.mjs");
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Where its packages are found from.
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(script);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The replication worker did not start: is Node installed?");
        var worker = new WorkerProcess(process);
        process.StandardInput.WriteLine(configuration.ToJsonString());
        process.StandardInput.Flush();
        return worker;
    }

    /// <summary>Hands over each line, and returns when the process has ended.</summary>
    /// <returns>What it printed as errors.</returns>
    public async Task<string> ReadAsync(Func<string, Task> handle)
    {
        // A line that has no end was being written when the process was killed, and says nothing yet.
        var reader = new WholeLines(_process.StandardOutput);
        while (await reader.ReadAsync() is { } line)
            await handle(line);
        await _process.WaitForExitAsync();
        return (await _errors).Trim();
    }

    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    public void Dispose() => _process.Dispose();

    private sealed class WholeLines(StreamReader reader)
    {
        private readonly char[] _chunk = new char[64 * 1024];
        private readonly Queue<string> _lines = [];
        private readonly System.Text.StringBuilder _partial = new();

        public async Task<string?> ReadAsync()
        {
            while (_lines.Count == 0)
            {
                var length = await reader.ReadAsync(_chunk);
                if (length == 0)
                    return null;
                var start = 0;
                for (var end = Array.IndexOf(_chunk, '\n', 0, length); end >= 0; end = Array.IndexOf(_chunk, '\n', start, length - start))
                {
                    _lines.Enqueue(_partial.Append(_chunk, start, end - start).ToString());
                    _partial.Clear();
                    start = end + 1;
                }

                _partial.Append(_chunk, start, length - start);
            }

            return _lines.Dequeue();
        }
    }
}
