using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>The delivery streams there are, each with the worker that delivers it while the cloud runs.</summary>
internal sealed class DeliveryStreamStore(StateStore state, DeliveryServices services, ILogger<DeliveryStreamStore> log) : IHostedService
{
    private static readonly Dictionary<string, long> Nowhere = [];

    private readonly StateCollection<DeliveryStream> _streams = state.Open<DeliveryStream>("firehose", "delivery-streams");
    private readonly ConcurrentDictionary<ResourceKey, DeliveryWorker> _workers = new();

    /// <summary>Held while streams are made, changed and deleted.</summary>
    public Lock Changing { get; } = new();

    public static string ArnOf(Call call, string name) => call.Arn("firehose", $"deliverystream/{name}");

    public DeliveryStream? Find(Call call, string name) => _streams.TryGet(new(call.Account, call.Region, name), out var stream) ? stream : null;

    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>.</exception>
    public DeliveryStream Get(Call call, string name) => Find(call, name) ?? throw FirehoseErrors.NotFound(name, call.Account);

    public IEnumerable<DeliveryStream> In(Call call) => _streams.In(call.Account, call.Region);

    public DeliveryWorker WorkerOf(DeliveryStream stream) =>
        _workers.TryGetValue(stream.Key, out var worker) ? worker : throw FirehoseErrors.NotFound(stream.Name, stream.Account);

    /// <param name="start">Where the stream begins to read its source, by shard.</param>
    public void Add(DeliveryStream stream, IReadOnlyDictionary<string, long> start)
    {
        // The worker saves where it begins before the stream counts as made.
        var worker = new DeliveryWorker(services, stream, start, log);
        _streams.Put(stream.Key, stream);
        _workers[stream.Key] = worker;
    }

    public void Update(DeliveryStream stream)
    {
        _streams.Put(stream.Key, stream);
        WorkerOf(stream).Update(stream);
    }

    /// <summary>Deletes a stream with what is in its buffers: the service makes no promise for that, either.</summary>
    public async Task RemoveAsync(DeliveryStream stream)
    {
        _streams.Remove(stream.Key);
        if (!_workers.TryRemove(stream.Key, out var worker))
            return;
        await worker.DisposeAsync();
        services.DropFolder(stream);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, stream) in _streams.All)
            _workers[key] = new(services, stream, Nowhere, log);
        services.DropFoldersExcept(_streams.All.Select(item => item.Value));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var worker in _workers.Values)
            await worker.DisposeAsync();
        _workers.Clear();
    }
}
