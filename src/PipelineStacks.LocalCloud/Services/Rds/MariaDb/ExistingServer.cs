using System.Globalization;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Rds.MariaDb;

/// <summary>Where a MySQL or MariaDB server that somebody else runs is, and its administrator.</summary>
internal sealed record ExistingMySql(string Host, int Port, string User, string Password)
{
    public const string Variable = "LOCAL_CLOUD_MYSQL";

    private const int StandardPort = 3306;

    /// <returns>Null where the text is no such connection string.</returns>
    public static ExistingMySql? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "mysql", Host.Length: > 0 } && uri.UserInfo.Split(':') is [{ Length: > 0 } user, var password]
            ? new(uri.Host, uri.Port < 0 ? StandardPort : uri.Port, Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
            : null;
}

/// <summary>
/// A server that somebody else runs, in the place of a local one. It is neither started nor stopped, its settings are its owner's: those that the
/// template asks for and that decide about replication must be there already.
/// </summary>
internal sealed class ExistingServer(MariaDbTools tools, ExistingMySql server) : IDatabaseServer
{
    // What replication depends on; the rest of a parameter group has no effect here.
    private static readonly string[] Demanded = ["binlog_format", "binlog_row_image"];

    public int? ProcessId => null;

    public Task InstallAsync() => Task.CompletedTask;

    /// <exception cref="ServiceException">It can't be reached, or its settings are others than the template's.</exception>
    public async Task StartAsync(ServerConfiguration configuration)
    {
        var answer = await ExecuteAsync("SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format', 'binlog_row_image')");
        var present = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1], StringComparer.Ordinal);
        var differences = Demanded.Where(configuration.Parameters.ContainsKey)
            .Select(name => (Name: name, Wanted: configuration.Parameters[name])).Append((Name: "log_bin", Wanted: configuration.BinaryLog ? "ON" : ""))
            .Where(one => one.Wanted.Length > 0 && !string.Equals(present.GetValueOrDefault(one.Name), one.Wanted, StringComparison.OrdinalIgnoreCase))
            .Select(one => $"{one.Name} is {present.GetValueOrDefault(one.Name) ?? "unknown"} and must be {one.Wanted}").ToList();
        if (differences.Count > 0)
            throw new ServiceException("InvalidParameterCombination", $"The server of {ExistingMySql.Variable} has other settings than the template: {string.Join("; ", differences)}. Change them there.");
    }

    public Task PrepareAsync(string masterUser, string password, string? database) => ExecuteAsync(Statements.PrepareExisting(masterUser, password, database));

    public Task SetPasswordAsync(string masterUser, string password) => ExecuteAsync(Statements.SetPassword(masterUser, password, logged: true));

    public Task StopAsync() => Task.CompletedTask;

    public Task<string> ExecuteAsync(string statements) => MariaDbTools.RunAsync(tools.Client,
        [
            "--no-defaults", "--protocol=tcp", $"--host={server.Host}", $"--port={server.Port.ToString(CultureInfo.InvariantCulture)}", $"--user={server.User}",
            "--batch", "--skip-column-names", "--default-character-set=utf8mb4",
        ], Path.GetTempPath(), statements, ("MYSQL_PWD", server.Password));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
