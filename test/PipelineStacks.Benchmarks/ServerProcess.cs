using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PipelineStacks.Benchmarks;

/// <summary>A server under measurement, in a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(10) };

    private readonly Process _process;
    private readonly string? _folder;

    private ServerProcess(Process process, Uri endpoint, TimeSpan started, string? folder) =>
        (_process, Endpoint, Started, _folder) = (process, endpoint, started, folder);

    public Uri Endpoint { get; }

    /// <summary>From the start of the process to its word that it is ready.</summary>
    public TimeSpan Started { get; }

    public int Id => _process.Id;

    /// <summary>What the process holds in memory now.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The most that the process ever held in memory.</summary>
    public double PeakMemoryMebibytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1048576.0;
        }
    }

    public static string Root => RepositoryRoot.Folder;

    /// <summary>The local cloud, with its state on disk.</summary>
    public static Task<ServerProcess> StartLocalCloudAsync(params string[] options)
    {
        var data = Directory.CreateTempSubdirectory("benchmark-").FullName;
        var program = Path.Combine(Root, "artifacts", "bin", "PipelineStacks.LocalCloud", "release", "local-cloud.dll");
        return StartAsync("dotnet", [program, "--port", "0", "--data", data, .. options], null, data);
    }

    /// <summary>The MQTT broker's software with nothing behind it.</summary>
    public static Task<ServerProcess> StartBareBrokerAsync() =>
        StartAsync("node", [Path.Combine(Root, "test", "PipelineStacks.Benchmarks", "bare-broker.mjs")], null, null);

    /// <summary>kinesalite, which is installed when it is missing. It keeps its records in memory.</summary>
    public static async Task<ServerProcess> StartKinesaliteAsync()
    {
        const string package = "kinesalite@3.3.3";
        var folder = Path.Combine(Root, "artifacts", "bench");
        var program = Path.Combine(folder, "node_modules", "kinesalite", "cli.js");
        if (!File.Exists(program))
        {
            await Console.Error.WriteLineAsync($"Installing {package} ...");
            using var npm = Process.Start(Info("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", package]))!;
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm could not install {package}: {await npm.StandardError.ReadToEndAsync()}");
        }

        var port = FreePort();
        return await StartAsync(
            "node", [program, "--port", $"{port}", "--createStreamMs", "0", "--shardLimit", "100"], new Uri($"http://127.0.0.1:{port}"), null);
    }

    /// <summary>Moves the virtual time of a local cloud on and waits for what falls due.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var seconds = by.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var answer = await Http.PostAsync(new Uri(Endpoint, $"/_local/clock/advance?seconds={seconds}"), null);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static async Task<ServerProcess> StartAsync(string program, string[] arguments, Uri? endpoint, string? folder)
    {
        var watch = Stopwatch.StartNew();
        var process = Process.Start(Info(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start.");
        var line = await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{program} ended at once: {await process.StandardError.ReadToEndAsync()}");
        var started = watch.Elapsed;
        endpoint ??= new Uri(line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)));
        return new ServerProcess(process, endpoint, started, folder);
    }

    public static ProcessStartInfo Info(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        return info;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
