using System.Text;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class HashingTests
{
    // The left column's MD5, from md5sum, as a decimal number.
    [Theory]
    [InlineData("a", "16955237001963240173058271559858726497")]
    [InlineData("key", "80325066489831061459460196859901989661")]
    [InlineData("ключ", "259726384039714788407059515981389908711")]
    [InlineData("🎬", "269245159811995562033138185523851943474")]
    public void HashKey_OfPartitionKey_IsTheMd5OfItsUtf8(string key, string hash) =>
        HashKeys.Of(Encoding.UTF8.GetBytes(key)).Text().ShouldBe(hash);

    [Theory]
    [InlineData(1, "0-340282366920938463463374607431768211455")]
    [InlineData(2, "0-170141183460469231731687303715884105727 170141183460469231731687303715884105728-340282366920938463463374607431768211455")]
    [InlineData(3, "0-113427455640312821154458202477256070484 113427455640312821154458202477256070485-226854911280625642308916404954512140969 "
        + "226854911280625642308916404954512140970-340282366920938463463374607431768211455")]
    public void Ranges_OfANewStream_AreThoseOfAws(int shards, string ranges) =>
        string.Join(' ', HashKeyRange.Uniform(shards).Select(range => $"{range.Start.Text()}-{range.End.Text()}")).ShouldBe(ranges);

    [Fact]
    public async Task PutRecord_WithKeysAndHashKeys_GoesWhereTheRangeSays()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 3);
        (string? Hash, string Key, string Shard)[] table =
        [
            (null, "a", "0"), (null, "ключ", "2"), (null, "🎬", "2"), (null, "c", "0"), (null, "b", "1"),
            ("0", "a", "0"), ("113427455640312821154458202477256070484", "a", "0"), ("113427455640312821154458202477256070485", "a", "1"),
            ("340282366920938463463374607431768211455", "a", "2"),
        ];
        foreach (var (hash, key, shard) in table)
        {
            var answer = await cloud.CallAsync("PutRecord", new { StreamName = "s", Data = "", PartitionKey = key, ExplicitHashKey = hash });
            ((string)answer["ShardId"]!).ShouldBe($"shardId-00000000000{shard}", $"{key} {hash}");
        }
    }
}
