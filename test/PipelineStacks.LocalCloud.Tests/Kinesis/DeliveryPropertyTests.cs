using FsCheck;
using FsCheck.Fluent;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class DeliveryPropertyTests
{
    /// <summary>
    /// Whatever is put, split, merged and scaled in whatever order, a consumer that reads each shard to its end and then its
    /// children sees every record once, those of a partition key in the order in which they were put.
    /// </summary>
    [Fact]
    public void Records_OverRandomResharding_ComeOutOnceAndInOrderPerKey() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), steps => DeliversAsync(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static async Task<bool> DeliversAsync(int[] steps)
    {
        await using var cloud = await KinesisCloud.StartAsync(limits: false);
        await cloud.CreateAsync("s", 2);
        var consumer = new ShardConsumer(cloud);
        var put = new Dictionary<string, List<int>>();
        var next = 0;
        foreach (var step in steps.Select(step => (int)((uint)step % 1000)))
        {
            var open = await cloud.ShardsAsync("s", new { Type = "AT_LATEST" });
            switch (step % 6)
            {
                case 0 or 1:
                    var keys = Enumerable.Range(next, step % 17).Select(i => $"{(i * 7) % 5}").ToList();
                    if (keys.Count == 0)
                        break;
                    await cloud.CallAsync("PutRecords", PutTests.Records("s", keys.Count, i => $"{next + i}", i => keys[i]));
                    for (var i = 0; i < keys.Count; i++)
                        (put.TryGetValue(keys[i], out var list) ? list : put[keys[i]] = []).Add(next + i);
                    next += keys.Count;
                    break;
                case 2:
                    var split = open[step % open.Count];
                    var (start, end) = (UInt128.Parse((string)split["HashKeyRange"]!["StartingHashKey"]!, null), UInt128.Parse((string)split["HashKeyRange"]!["EndingHashKey"]!, null));
                    await cloud.CallAsync("SplitShard", new { StreamName = "s", ShardToSplit = (string)split["ShardId"]!, NewStartingHashKey = $"{start + ((end - start) / 3)}" });
                    break;
                case 3 when open.Count > 1:
                    var sorted = open.OrderBy(shard => UInt128.Parse((string)shard["HashKeyRange"]!["StartingHashKey"]!, null)).ToList();
                    var at = step % (open.Count - 1);
                    await cloud.CallAsync("MergeShards", new { StreamName = "s", ShardToMerge = (string)sorted[at]["ShardId"]!, AdjacentShardToMerge = (string)sorted[at + 1]["ShardId"]! });
                    break;
                case 4:
                    var target = Math.Clamp(step % 6, (open.Count + 1) / 2, open.Count * 2);
                    await cloud.CallAsync("UpdateShardCount", new { StreamName = "s", TargetShardCount = target, ScalingType = "UNIFORM_SCALING" });
                    break;
                default:
                    await consumer.ReadAsync(step % 7 + 1);
                    break;
            }
        }

        await consumer.ReadAsync(int.MaxValue);
        foreach (var (key, numbers) in put)
            consumer.Seen.GetValueOrDefault(key, []).ShouldBe(numbers, key);
        consumer.Seen.Values.Sum(seen => seen.Count).ShouldBe(next);
        return true;
    }
}
