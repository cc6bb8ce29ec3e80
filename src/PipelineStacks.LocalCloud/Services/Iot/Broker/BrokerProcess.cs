using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.Iot.Broker;

/// <summary>The Node process that is the broker. It ends when its input does, so it dies with the cloud however the cloud dies. Both sides speak lines of JSON.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Lock _writing = new();

    private BrokerProcess(Process process)
    {
        _process = process;
        Errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>What it printed as errors, once it has ended.</summary>
    public Task<string> Errors { get; }

    public static BrokerProcess Start(object configuration)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Where its packages are found from.
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Services", "Iot", "worker", "broker.mjs"));
        var process = Process.Start(start) ?? throw new InvalidOperationException("The MQTT broker did not start: is Node installed?");
        var broker = new BrokerProcess(process);
        broker.Send(configuration);
        return broker;
    }

    /// <summary>Says something to the broker; one that has just died is told nothing, and is started again.</summary>
    public void Send(object message)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(message);
        lock (_writing)
        {
            try
            {
                var input = _process.StandardInput.BaseStream;
                input.Write(line);
                input.Write("\n"u8);
                input.Flush();
            }
            catch (IOException) when (_process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                return;
            }
        }
    }

    /// <summary>Hands over each whole line, one after the other, until the process ends.</summary>
    public async Task ReadAsync(Func<JsonElement, Task> handle)
    {
        var reader = PipeReader.Create(_process.StandardOutput.BaseStream, new StreamPipeReaderOptions(bufferSize: 256 * 1024));
        while (true)
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                using (var line = JsonDocument.Parse(buffer.Slice(0, end)))
                    await handle(line.RootElement);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                break;
        }

        await _process.WaitForExitAsync();
    }

    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    public void Dispose() => _process.Dispose();
}
