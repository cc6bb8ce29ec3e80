using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>The servers behind the instances.</summary>
internal sealed class InstanceServers(DataDirectory data, RdsState state, MariaDbTools tools) : IAsyncDisposable
{
    // Below the ports that systems give to outgoing connections, which could take an instance's port while it is stopped.
    private const int FirstPort = 20_000;
    private const int LastPort = 29_999;

    private readonly ConcurrentDictionary<ResourceKey, MariaDbServer> _servers = new();

    public MariaDbServer Of(InstanceState instance) =>
        _servers.GetOrAdd(instance.Key, key => new MariaDbServer(tools, Path.Combine(data.Folder("rds"), key.Account, key.Region, key.Name)));

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
        var from = Path.Combine(FolderOf(instance), "data");
        var to = SnapshotFolder(instance.Key with { Name = snapshotId });
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    public string SnapshotFolder(ResourceKey key) => data.Folder("rds-snapshots", key.Account, key.Region, key.Name);

    /// <summary>A free port that no other instance has. All instances share one address here, so a port that a template names can't be kept to.</summary>
    public int NewPort()
    {
        for (var attempt = 0; attempt < 100; attempt++)
            if (Random.Shared.Next(FirstPort, LastPort + 1) is var random && IsFree(random) && state.Instances.All.All(one => one.Value.Port != random))
                return random;
        throw new ServiceException("InternalFailure", $"There is no free port between {FirstPort} and {LastPort}.", 500);
    }

    public async ValueTask DisposeAsync() => await StopAllAsync();

    public Task StopAllAsync() => Task.WhenAll(_servers.Values.Select(server => server.StopAsync()));

    private string FolderOf(InstanceState instance) =>
        Path.Combine(data.Folder("rds"), instance.Key.Account, instance.Key.Region, instance.Id);

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
