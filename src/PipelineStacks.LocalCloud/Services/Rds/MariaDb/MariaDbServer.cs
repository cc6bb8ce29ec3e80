using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Rds.MariaDb;

/// <summary>One MariaDB server on a folder of its own, as a child of this process.</summary>
internal sealed class MariaDbServer(MariaDbTools tools, string folder) : IDatabaseServer
{
    // Keeps the server running, also when something kills it, and ends it when the pipe from this process breaks, which it does
    // whatever way this process ends. A terminal's Ctrl+C is for the cloud alone, which then ends the server in good order.
    private const string Keeper = """
        trap '' INT
        rm -f stopping
        exec 3<&0
        (cat <&3 >/dev/null; touch stopping; kill -TERM "$(cat keeper.pid)") & watcher=$!
        while :; do
          "$@" </dev/null 3<&- >>server.log 2>&1 &
          echo $! >keeper.pid
          wait $!
          code=$?
          [ $code -gt 128 ] && [ ! -e stopping ] || break
        done
        kill $watcher
        exit $code
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private Process? _keeper;

    private string ProcessFile => Path.Combine(folder, "keeper.pid");

    public int? ProcessId => int.TryParse(File.Exists(ProcessFile) ? File.ReadAllText(ProcessFile) : "", NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var id) ? id : null;

    public bool IsRunning => _keeper is { HasExited: false };

    /// <summary>Makes an empty data folder.</summary>
    public async Task InstallAsync()
    {
        Directory.CreateDirectory(folder);
        ServerCertificate.Write(folder);
        await MariaDbTools.RunAsync(tools.Install,
        [
            "--no-defaults", $"--datadir={Path.Combine(folder, "data")}", $"--tmpdir={folder}", $"--user={Environment.UserName}", "--skip-test-db",
            "--auth-root-authentication-method=socket", $"--auth-root-socket-user={Environment.UserName}",
        ], folder);
    }

    /// <exception cref="ServiceException">The server didn't start; the message has what it says about that.</exception>
    public async Task StartAsync(ServerConfiguration configuration)
    {
        await EndStaleAsync();
        var file = Path.Combine(folder, "my.cnf");
        await File.WriteAllTextAsync(file, configuration.ToFile(folder));
        var log = Path.Combine(folder, "server.log");
        File.Delete(log);
        File.Delete(Path.Combine(folder, ServerConfiguration.Socket));
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, WorkingDirectory = folder };
        foreach (var argument in (string[])["-c", Keeper, "keeper", tools.Server, $"--defaults-file={file}", $"--user={Environment.UserName}"])
            start.ArgumentList.Add(argument);
        _keeper = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(configuration.Port))
        {
            if (_keeper.HasExited || waited.Elapsed > Patience)
            {
                await StopAsync();
                throw new ServiceException("DatabaseError", $"The MariaDB server did not start: {await ErrorsAsync(log)}", 500);
            }

            await Task.Delay(Glance, TimeProvider.System, CancellationToken.None);
        }
    }

    public Task PrepareAsync(string masterUser, string password, string? database) => ExecuteAsync(Statements.Prepare(masterUser, password, database));

    public Task SetPasswordAsync(string masterUser, string password) => ExecuteAsync(Statements.SetPassword(masterUser, password, logged: false));

    /// <summary>Lets the server finish and write everything.</summary>
    public async Task StopAsync()
    {
        if (_keeper is null)
            return;
        _keeper.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _keeper.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await EndStaleAsync();
        }

        _keeper.Dispose();
        _keeper = null;
    }

    /// <summary>Runs statements as the server's administrator.</summary>
    /// <returns>The rows, fields separated by tabs.</returns>
    public Task<string> ExecuteAsync(string statements) => MariaDbTools.RunAsync(tools.Client,
        ["--no-defaults", $"--socket={ServerConfiguration.Socket}", $"--user={Environment.UserName}", "--batch", "--skip-column-names", "--default-character-set=utf8mb4"],
        folder, statements);

    public async ValueTask DisposeAsync() => await StopAsync();

    // What answers on the port has to be this server, not one that took the port: its socket is there by then, and it still runs.
    private async Task<bool> AnswersAsync(int port)
    {
        if (!File.Exists(Path.Combine(folder, ServerConfiguration.Socket)) || _keeper is not { HasExited: false })
            return false;
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            // The server speaks first.
            return await client.GetStream().ReadAsync(new byte[1]) == 1;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    // A cloud that was killed leaves its server to finish on its own; until it has, no other can have its files.
    private async Task EndStaleAsync()
    {
        if (ProcessId is not { } id)
            return;
        try
        {
            using var stale = Process.GetProcessById(id);
            if (!IsOurs(id))
                return;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await stale.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                stale.Kill();
                await stale.WaitForExitAsync(CancellationToken.None);
            }
        }
        catch (ArgumentException)
        {
            // There is no such process any more, which is what is wanted.
            File.Delete(ProcessFile);
        }
    }

    // The number may belong to another program by now.
    private bool IsOurs(int id) =>
        File.Exists($"/proc/{id}/cmdline") && File.ReadAllText($"/proc/{id}/cmdline").Contains(Path.Combine(folder, "my.cnf"), StringComparison.Ordinal);

    private static async Task<string> ErrorsAsync(string log)
    {
        var lines = File.Exists(log) ? await File.ReadAllLinesAsync(log) : [];
        var errors = lines.Where(line => line.Contains("[ERROR]", StringComparison.Ordinal)).Select(line => line[(line.IndexOf("[ERROR]", StringComparison.Ordinal) + 8)..]);
        return errors.Any() ? string.Join(" ", errors) : lines.LastOrDefault() ?? "it says nothing.";
    }
}
