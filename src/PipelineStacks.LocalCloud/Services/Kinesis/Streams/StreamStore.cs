using System.Collections.Concurrent;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>All streams of all accounts and Regions.</summary>
internal sealed class StreamStore : IDisposable
{
    private readonly ConcurrentDictionary<ResourceKey, KinesisStream> _streams = new();
    private readonly ConcurrentDictionary<string, KinesisStream> _byId = new(StringComparer.Ordinal);
    private readonly StateCollection<StreamState> _states;
    private readonly DataDirectory _data;
    private readonly LocalCloudOptions _options;
    private readonly Lock _creating = new();

    public StreamStore(StateStore store, DataDirectory data, LocalCloudOptions options, CloudClock clock)
    {
        (_data, _options, Clock) = (data, options, clock);
        _states = store.Open<StreamState>("kinesis", "streams");
        Consumers = store.Open<ConsumerState>("kinesis", "consumers");
        foreach (var (key, state) in _states.All)
            Open(key, state);
        DeleteOrphans();
    }

    public CloudClock Clock { get; }

    public StateCollection<ConsumerState> Consumers { get; }

    public IEnumerable<KinesisStream> All => _streams.Values;

    public IReadOnlyList<KinesisStream> In(string account, string region) =>
        [.. _streams.Values.Where(stream => stream.Key.Account == account && stream.Key.Region == region).OrderBy(stream => stream.Name, StringComparer.Ordinal)];

    /// <summary>The stream that a request names by name, by ARN, or by both; authorised for the action on the way.</summary>
    /// <param name="validation">What was found of the request's other members, to be told together with the name's.</param>
    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>, or neither was given.</exception>
    public KinesisStream Get(Call call, string action, string? name, string? arn, Validation? validation = null)
    {
        (validation ?? new Validation()).Name("streamName", name).Throw();
        var key = StreamNames.Resolve(call, name, arn);
        call.Authorize(action, StreamNames.ArnOf(key));
        return _streams.TryGetValue(key, out var stream) ? stream : throw KinesisErrors.StreamNotFound(key.Name, key.Account);
    }

    public KinesisStream? Find(ResourceKey key) => _streams.GetValueOrDefault(key);

    public KinesisStream? FindById(string id) => _byId.GetValueOrDefault(id);

    public IReadOnlyList<ConsumerState> ConsumersOf(KinesisStream stream) =>
        [.. Consumers.In(stream.Key.Account, stream.Key.Region).Where(consumer => consumer.Stream == stream.Key)];

    public ConsumerState? FindConsumer(string arn) => Consumers.All.Select(item => item.Value).FirstOrDefault(consumer => consumer.Arn == arn);

    /// <summary>Makes a stream.</summary>
    /// <exception cref="ServiceException"><c>ResourceInUseException</c>.</exception>
    public KinesisStream Create(ResourceKey key, StreamState state)
    {
        lock (_creating)
        {
            if (_streams.ContainsKey(key))
                throw KinesisErrors.InUse($"Stream {key.Name} under account {key.Account} already exists.");
            _states.Put(key, state);
            return Open(key, state);
        }
    }

    /// <summary>Deletes a stream with its records.</summary>
    public void Delete(KinesisStream stream)
    {
        lock (_creating)
        {
            if (!_streams.TryRemove(new(stream.Key, stream)))
                return;
            _byId.TryRemove(stream.State.Id, out _);
            foreach (var consumer in ConsumersOf(stream))
                Consumers.Remove(consumer.KeyOf());
            _states.Remove(stream.Key);
            stream.Delete();
            Directory.Delete(FolderOf(stream.State), recursive: true);
        }
    }

    public void Dispose()
    {
        foreach (var stream in _streams.Values)
            stream.Dispose();
    }

    private KinesisStream Open(ResourceKey key, StreamState state)
    {
        var stream = new KinesisStream(key, state, _states, (of, shard) => _data.Folder("kinesis", of.Id, shard.Id), _options.Limits);
        _byId[state.Id] = stream;
        return _streams[key] = stream;
    }

    private string FolderOf(StreamState state) => _data.Folder("kinesis", state.Id);

    // A process that was killed between forgetting a stream and deleting its files.
    private void DeleteOrphans()
    {
        var known = _streams.Values.Select(stream => stream.State.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(_data.Folder("kinesis")))
        {
            if (!known.Contains(Path.GetFileName(folder)))
                Directory.Delete(folder, recursive: true);
        }
    }
}
