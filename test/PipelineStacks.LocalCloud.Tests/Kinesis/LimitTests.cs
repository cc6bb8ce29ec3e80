namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class LimitTests
{
    private const string RateExceeded =
        "ProvisionedThroughputExceededException: Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.";

    [Theory]
    [InlineData(10, 1000, 0)] // A thousand records a second and no more.
    [InlineData(100_000, 10, 490)] // Ten times 100,001 bytes fit into 1 MiB, keys included.
    [InlineData(1_048_575, 1, 499)]
    public async Task PutRecords_OverTheShardsSecond_FailsWhatIsOver(int size, int accepted, int failedOfFirst)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var count = size > 20_000 ? 10 : 500;
        failedOfFirst = size > 20_000 ? count - accepted : failedOfFirst;
        var failed = new List<int>();
        for (var i = 0; i < 3; i++)
            failed.Add(await PutAsync(cloud, count, size));

        failed[0].ShouldBe(Math.Max(0, failedOfFirst));
        (3 * count - failed.Sum()).ShouldBe(accepted);

        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await PutAsync(cloud, 1, size)).ShouldBe(0);
    }

    [Fact]
    public async Task PutRecords_PartialFailure_SaysPerRecordAndStoresTheRest()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 2);
        // Both shards' keys in turns; only the first shard runs out.
        await cloud.CallAsync("PutRecords", PutTests.Records("s", 500, _ => "x", _ => "a"));
        await cloud.CallAsync("PutRecords", PutTests.Records("s", 499, _ => "x", _ => "a"));
        var answer = await cloud.CallAsync("PutRecords", PutTests.Records("s", 4, i => $"{i}", i => i % 2 == 0 ? "a" : "🎬"));

        ((int)answer["FailedRecordCount"]!).ShouldBe(1);
        var records = answer["Records"]!.AsArray();
        ((string)records[0]!["ShardId"]!).ShouldBe("shardId-000000000000");
        ((string)records[1]!["ShardId"]!).ShouldBe("shardId-000000000001");
        $"{records[2]!["ErrorCode"]}: {records[2]!["ErrorMessage"]}".ShouldBe(RateExceeded);
        ((string)records[3]!["ShardId"]!).ShouldBe("shardId-000000000001");
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 1))).ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task PutRecord_OverTheShardsSecond_Throws()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        await PutAsync(cloud, 500, 1);
        await PutAsync(cloud, 500, 1);
        (await cloud.ErrorAsync("PutRecord", new { StreamName = "s", Data = "", PartitionKey = "k" })).ShouldBe(RateExceeded);
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        await cloud.PutAsync("s", "now");
    }

    [Fact]
    public async Task Limits_SwitchedOff_LetEverythingThrough()
    {
        await using var cloud = await KinesisCloud.StartAsync(limits: false);
        await cloud.CreateAsync("s", 1);
        for (var i = 0; i < 4; i++)
            (await PutAsync(cloud, 500, 1000)).ShouldBe(0);
        for (var i = 0; i < 7; i++)
            await cloud.ReadAsync(await cloud.IteratorAsync("s", 0));
    }

    [Fact]
    public async Task GetRecords_SixthInASecond_Throws()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var iterator = await cloud.IteratorAsync("s", 0);
        for (var i = 0; i < 5; i++)
            await cloud.GetAsync(iterator);
        (await cloud.ErrorAsync("GetRecords", new { ShardIterator = iterator })).ShouldBe(RateExceeded);
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        await cloud.GetAsync(iterator);
    }

    [Fact]
    public async Task GetShardIterator_SixthInASecond_Throws()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        for (var i = 0; i < 5; i++)
            await cloud.IteratorAsync("s", 0);
        (await cloud.ErrorAsync("GetShardIterator", new { StreamName = "s", ShardId = "shardId-000000000000", ShardIteratorType = "LATEST" }))
            .ShouldBe(RateExceeded);
    }

    // A call returns up to 10 MB, after which the shard's 2 MB a second are spent for five seconds.
    [Theory]
    [InlineData(20, 10, 5)]
    [InlineData(3, 3, 1)]
    [InlineData(1, 1, 0)]
    public async Task GetRecords_MoreThanTheSecondHas_ThrowsUntilItIsPaidBack(int stored, int returned, int waits)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        for (var i = 0; i < stored; i++)
        {
            // 1 MiB with its key.
            await cloud.PutAsync("s", new string('x', (1024 * 1024) - 1), key: "k");
            await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        var first = await cloud.GetAsync(await cloud.IteratorAsync("s", 0));
        first["Records"]!.AsArray().Count.ShouldBe(returned);
        var next = (string)first["NextShardIterator"]!;
        var waited = 0;
        while (waited < 10)
        {
            var error = await TryGetAsync(cloud, next);
            if (error is null)
                break;
            error.ShouldBe(RateExceeded);
            await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
            waited++;
        }

        waited.ShouldBe(waits);
    }

    private static async Task<string?> TryGetAsync(KinesisCloud cloud, string iterator)
    {
        var answer = await cloud.SendAsync("GetRecords", new { ShardIterator = iterator });
        return answer.Status == System.Net.HttpStatusCode.OK ? null : $"{answer.Answer["__type"]}: {answer.Answer["message"]}";
    }

    private static async Task<int> PutAsync(KinesisCloud cloud, int count, int size) =>
        (int)(await cloud.CallAsync("PutRecords", PutTests.Records("s", count, _ => new string('x', size))))["FailedRecordCount"]!;
}
