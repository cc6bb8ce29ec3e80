using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

/// <summary>Reads stream <c>s</c> as AWS tells consumers to: parents to their end before their children.</summary>
internal sealed class ShardConsumer(KinesisCloud cloud)
{
    private readonly Dictionary<string, string?> _iterators = [];

    public Dictionary<string, List<int>> Seen { get; } = [];

    public async Task ReadAsync(int calls, int limit = 3)
    {
        for (var more = true; more;)
        {
            more = false;
            foreach (var shard in await cloud.ShardsAsync("s"))
            {
                if (!Ready(shard))
                    continue;
                var id = (string)shard["ShardId"]!;
                if (!_iterators.TryGetValue(id, out var iterator))
                    iterator = await cloud.IteratorAsync("s", int.Parse(id[^12..], null));
                if (iterator is null)
                    continue;
                if (calls-- <= 0)
                    return;
                var answer = await cloud.GetAsync(iterator, limit);
                _iterators[id] = (string?)answer["NextShardIterator"];
                Note(answer);
                more |= _iterators[id] is null || answer["Records"]!.AsArray().Count > 0;
            }
        }
    }

    private bool Ready(JsonNode shard) =>
        new[] { "ParentShardId", "AdjacentParentShardId" }.All(parent => shard[parent] is not { } id
            || (_iterators.TryGetValue((string)id!, out var iterator) && iterator is null));

    private void Note(JsonNode answer)
    {
        foreach (var (record, data) in answer["Records"]!.AsArray().Zip(KinesisCloud.Data(answer)))
        {
            var key = (string)record!["PartitionKey"]!;
            (Seen.TryGetValue(key, out var list) ? list : Seen[key] = []).Add(int.Parse(data, null));
        }
    }
}
