using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PipelineStacks.LocalCloud.Tests.Dms;

/// <summary>A MariaDB server in a directory of its own, which replicates as an RDS source with the right parameters does.</summary>
public sealed class MariaDb : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mariadb-").FullName;
    private Process? _server;

    public int Port { get; } = FreePort();

    private string Socket => Path.Combine(_folder, "sock");

    public async Task InitializeAsync()
    {
        await RunAsync("mariadb-install-db", ["--no-defaults", $"--datadir={_folder}/data", $"--tmpdir={_folder}", "--auth-root-authentication-method=normal", "--skip-test-db", .. User], null);
        await StartAsync();
        await ExecuteAsync("CREATE USER dms@'%' IDENTIFIED BY 'secret'; GRANT REPLICATION CLIENT, REPLICATION SLAVE, SELECT ON *.* TO dms@'%';");
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public async Task StartAsync()
    {
        _server = Start("mariadbd",
        [
            "--no-defaults", $"--datadir={_folder}/data", $"--socket={Socket}", "--bind-address=127.0.0.1", $"--port={Port}", $"--pid-file={_folder}/pid",
            "--log-bin=mysql-bin-changelog", "--binlog-format=ROW", "--binlog-row-image=FULL", "--server-id=1", "--innodb-buffer-pool-size=32M",
            "--innodb-flush-log-at-trx-commit=0", "--character-set-server=utf8mb4", .. User,
        ]);
        _ = _server.StandardError.ReadToEndAsync();
        while ((await TryAsync("mariadb-admin", ["--no-defaults", $"--socket={Socket}", "--user=root", "ping"], null)).ExitCode != 0)
            _server.HasExited.ShouldBeFalse("mariadbd ended at its start");
    }

    public async Task StopAsync()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    /// <summary>Runs statements.</summary>
    /// <returns>What they select, a line a row, values apart by tabs.</returns>
    public Task<string> ExecuteAsync(string sql) =>
        RunAsync("mariadb", ["--no-defaults", $"--socket={Socket}", "--user=root", "--default-character-set=utf8mb4", "--batch", "--raw", "--skip-column-names"], sql);

    private static string[] User => Environment.UserName == "root" ? ["--user=root"] : [];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? input)
    {
        var (code, output) = await TryAsync(program, arguments, input);
        code.ShouldBe(0, output);
        return output;
    }

    private static async Task<(int ExitCode, string Output)> TryAsync(string program, IEnumerable<string> arguments, string? input)
    {
        using var process = Start(program, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, process.ExitCode == 0 ? await output : await error);
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Find(program)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static string Find(string program) => new[] { "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin" }.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{program} is missing: install Debian's mariadb-server.");
}

[CollectionDefinition(nameof(MariaDb))]
public sealed class MariaDbCollection : ICollectionFixture<MariaDb>;
