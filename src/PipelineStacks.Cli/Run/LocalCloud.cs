using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;

namespace PipelineStacks.Cli.Run;

/// <summary>The local cloud that a run deploys to: the one that already serves the port, or one of its own.</summary>
internal sealed class LocalCloud : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    // Constant, so that no path is ever read as shell: log and command come as arguments. Only a shell can give a program a
    // log that outlives this one, and have it ignore the terminal's end and its Ctrl+C, after which this program stops it last.
    private const string DetachedShell = """trap '' HUP INT; log=$1; shift; exec "$@" >"$log" 2>&1 </dev/null""";

    private readonly Process? _process;
    private bool _left;

    private LocalCloud(Uri endpoint, Process? process)
    {
        Endpoint = endpoint;
        _process = process;
    }

    public Uri Endpoint { get; }

    public string Url => Endpoint.GetLeftPart(UriPartial.Authority);

    /// <summary>False where it ran before and goes on running.</summary>
    public bool IsOwn => _process is not null;

    public int? ProcessId => _process?.Id;

    /// <exception cref="UserError">The port serves something else, or the local cloud could not start.</exception>
    public static async Task<LocalCloud> OpenAsync(RunOptions options, string program, string log, TimeProvider time, CancellationToken cancel)
    {
        var endpoint = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}"));
        switch (await ProbeAsync(endpoint, cancel))
        {
            case Probe.Ready:
                return new LocalCloud(endpoint, null);
            case Probe.Other:
                throw new UserError(ExitCode.Unavailable, $"Port {options.Port} is in use by something that is no local cloud. Stop it, or choose another with --port.");
        }

        var cloud = new LocalCloud(endpoint, StartProcess(options, program, log));
        try
        {
            await cloud.WaitAsync(log, time, cancel);
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets it go on running after this program has ended.</summary>
    public void Leave() => _left = true;

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        if (!_left)
            await ChildProcess.StopAsync(_process);
        _process.Dispose();
    }

    private static Process StartProcess(RunOptions options, string program, string log)
    {
        string[] command = ["dotnet", program, "--port", options.Port.ToString(CultureInfo.InvariantCulture), "--data", options.DataDirectory,
            .. options.MqttPort is { } mqtt ? ["--mqtt-port", mqtt.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>()];
        // Windows has no such shell: there its output is lost, and its state is where it was said to be.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(command[0]) { CreateNoWindow = true } : new ProcessStartInfo("/bin/sh");
        string[] arguments = OperatingSystem.IsWindows() ? command[1..] : ["-c", DetachedShell, "sh", log, .. command];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return ChildProcess.Start(start);
    }

    private async Task WaitAsync(string log, TimeProvider time, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (await ProbeAsync(Endpoint, cancel) != Probe.Ready)
        {
            if (_process!.HasExited)
                throw new UserError(ExitCode.Unavailable, $"The local cloud did not start: {LastLine(log) ?? $"exit code {_process.ExitCode}"}");
            if (time.GetElapsedTime(start) > StartDeadline)
                throw new UserError(ExitCode.Unavailable, $"The local cloud was not ready after {StartDeadline.TotalSeconds:0} s: {LastLine(log) ?? "it said nothing"} (see {log})");
            await Task.Delay(Poll, time, cancel);
        }
    }

    private static string? LastLine(string log) => File.Exists(log) ? File.ReadLines(log).LastOrDefault(line => line.Trim().Length > 0) : null;

    private static async Task<Probe> ProbeAsync(Uri endpoint, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri(endpoint, "/_local/health"), cancel);
            using var health = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancel));
            return health.RootElement.ValueKind == JsonValueKind.Object && health.RootElement.TryGetProperty("status", out var status) && status.ValueEquals("ready")
                ? Probe.Ready
                : Probe.Other;
        }
        catch (HttpRequestException error) when (error.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return Probe.Nothing;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException || (error is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            // It took the connection and is no local cloud: it answers in something else, or not at all.
            return Probe.Other;
        }
    }

    private enum Probe
    {
        Nothing,
        Ready,
        Other,
    }
}
