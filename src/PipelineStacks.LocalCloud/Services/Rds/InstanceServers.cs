using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>The servers behind the instances.</summary>
internal sealed class InstanceServers(DataDirectory data, RdsState state, MariaDbTools tools, LocalCloudOptions options) : IAsyncDisposable
{
    // Below the ports that systems give to outgoing connections, which could take an instance's port while it is stopped.
    private const int FirstPort = 20_000;
    private const int LastPort = 29_999;

    private readonly ConcurrentDictionary<ResourceKey, IDatabaseServer> _servers = new();

    /// <summary>Whether instances are served by a server that somebody else runs.</summary>
    public bool AreExisting => options.ExistingMySql is not null;

    public string Host => options.ExistingMySql?.Host ?? IPAddress.Loopback.ToString();

    public IDatabaseServer Of(InstanceState instance) =>
        _servers.GetOrAdd(instance.Key, key => options.ExistingMySql is { } existing ? new ExistingServer(tools, existing) : new MariaDbServer(tools, Path.Combine(data.Folder("rds"), key.Account, key.Region, key.Name)));

    public Task StartAsync(InstanceState instance, IReadOnlyDictionary<string, string> parameters) => Of(instance).StartAsync(
        new(instance.Port, ServerId(instance), instance.BackupRetentionPeriod > 0, parameters));

    public async Task DeleteAsync(InstanceState instance)
    {
        await Of(instance).StopAsync();
        _servers.TryRemove(instance.Key, out _);
        var folder = FolderOf(instance);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Copies a stopped server's files.</summary>
    public void Copy(InstanceState instance, string snapshotId)
    {
        if (AreExisting)
            throw ServiceException.Unsupported($"A snapshot of the server of {ExistingMySql.Variable}");
        var from = Path.Combine(FolderOf(instance), "data");
        var to = SnapshotFolder(instance.Key with { Name = snapshotId });
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    public string FolderOf(InstanceState instance) =>
        Path.Combine(data.Folder("rds"), instance.Key.Account, instance.Key.Region, instance.Id);

    public string SnapshotFolder(ResourceKey key) => data.Folder("rds-snapshots", key.Account, key.Region, key.Name);

    /// <summary>A free port that no other instance has, or that of the existing server. All instances share one address here, so a port that a template names can't be kept to.</summary>
    public int NewPort()
    {
        if (options.ExistingMySql is { } existing)
            return existing.Port;
        for (var attempt = 0; attempt < 100; attempt++)
            if (Random.Shared.Next(FirstPort, LastPort + 1) is var random && IsFree(random) && state.Instances.All.All(one => one.Value.Port != random))
                return random;
        throw new ServiceException("InternalFailure", $"There is no free port between {FirstPort} and {LastPort}.", 500);
    }

    public async ValueTask DisposeAsync() => await StopAllAsync();

    public Task StopAllAsync() => Task.WhenAll(_servers.Values.Select(server => server.StopAsync()));

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Replication tells servers apart by a number; an instance's port is unique already.
    private static uint ServerId(InstanceState instance) => (uint)instance.Port;
}
