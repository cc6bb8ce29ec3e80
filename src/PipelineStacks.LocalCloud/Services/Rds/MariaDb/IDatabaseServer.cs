namespace PipelineStacks.LocalCloud.Services.Rds.MariaDb;

/// <summary>The server behind a DB instance.</summary>
internal interface IDatabaseServer : IAsyncDisposable
{
    /// <summary>The server's process; null where it is none of this machine's that the cloud started.</summary>
    int? ProcessId { get; }

    /// <summary>Makes it ready to be started for the first time.</summary>
    Task InstallAsync();

    Task StartAsync(ServerConfiguration configuration);

    /// <summary>Gives it the master user, the first database, and what RDS has besides.</summary>
    Task PrepareAsync(string masterUser, string password, string? database);

    Task SetPasswordAsync(string masterUser, string password);

    Task StopAsync();

    /// <summary>Runs statements as the server's administrator.</summary>
    /// <returns>The rows, fields separated by tabs.</returns>
    Task<string> ExecuteAsync(string statements);
}
