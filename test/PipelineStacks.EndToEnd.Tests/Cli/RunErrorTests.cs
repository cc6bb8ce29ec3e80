using System.Net;
using System.Net.Sockets;

namespace PipelineStacks.EndToEnd.Tests.Cli;

/// <summary>What a run needs and does not find: one line, a non-zero exit, nothing half-done.</summary>
public sealed class RunErrorTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("end-to-end-errors-").FullName;

    [Fact]
    public async Task Port_ThatSomethingElseHas_IsNamedWithTheFix()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var answering = AnswerAsync(other);
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await ShouldEndAsync($"Port {port} is in use by something that is no local cloud. Stop it, or choose another with --port.", null, "--port", $"{port}", "--data", _data);
        other.Stop();
        await answering;
        Directory.EnumerateFileSystemEntries(_data).ShouldBeEmpty();
    }

    [Fact]
    public async Task DataDirectory_ThatCannotBe_IsNamedWithTheFix()
    {
        var file = Path.Combine(_data, "a-file");
        await File.WriteAllTextAsync(file, "");
        var result = await PipelinesTool.RunAsync(null, "run", "--port", $"{Ports.Free()}", "--data", file);
        result.ExitCode.ShouldBe(3);
        var line = result.Error.TrimEnd();
        line.ShouldStartWith($"{file} can't be used: ");
        line.ShouldEndWith(" Choose another with --data.");
        line.ShouldNotContain("\n");
    }

    [Fact]
    public async Task Node_ThatIsMissing_IsNamedWithTheFix()
    {
        // A path with dotnet on it and nothing else.
        var folder = Path.Combine(_data, "bin");
        Directory.CreateDirectory(folder);
        File.CreateSymbolicLink(Path.Combine(folder, "dotnet"), Environment.ProcessPath!);
        await ShouldEndAsync(
            "Node.js is missing: install version 20 or newer from https://nodejs.org and put node on PATH.",
            new Dictionary<string, string> { ["PATH"] = folder },
            "--port", $"{Ports.Free()}", "--data", _data);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task ShouldEndAsync(string line, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var result = await PipelinesTool.RunAsync(environment, ["run", .. arguments]);
        result.ExitCode.ShouldBe(3);
        result.Error.TrimEnd().Split('\n').Last().ShouldBe(line);
    }

    // Something that answers, but not as a local cloud does.
    private static async Task AnswerAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"u8.ToArray());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Stopped: the test is over.
        }
    }
}
