namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class RetentionTests
{
    [Fact]
    public async Task Records_PastTheRetention_AreGoneAndTheirFilesToo()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        await cloud.PutAsync("s", "old");
        await cloud.AdvanceAsync(TimeSpan.FromHours(1));
        await cloud.PutAsync("s", "young");
        await cloud.AdvanceAsync(TimeSpan.FromHours(23));
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBe(["old", "young"]);

        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBe(["young"]);

        await cloud.AdvanceAsync(TimeSpan.FromHours(2));
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBeEmpty();
        Directory.EnumerateFiles(cloud.DataDirectory, "*.log", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length).ShouldBe(0);

        await cloud.PutAsync("s", "new");
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBe(["new"]);
    }

    [Fact]
    public async Task Iterator_IntoWhatWasTrimmed_ReadsFromTheHorizonOn()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var number = await cloud.PutAsync("s", "old");
        await cloud.AdvanceAsync(TimeSpan.FromHours(30));
        await cloud.PutAsync("s", "new");
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0, "AT_SEQUENCE_NUMBER", number))).ShouldBe(["new"]);
    }

    [Fact]
    public async Task Retention_MadeShorter_DeletesAtOnceAndForGood()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        await SetAsync("Increase", 100);
        await cloud.PutAsync("s", "old");
        await cloud.AdvanceAsync(TimeSpan.FromHours(50));
        await cloud.PutAsync("s", "young");
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBe(["old", "young"]);

        await SetAsync("Decrease", 48);
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBe(["young"]);
        await SetAsync("Increase", 100);
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBe(["young"]);

        Task SetAsync(string direction, int hours) =>
            cloud.CallAsync($"{direction}StreamRetentionPeriod", new { StreamName = "s", RetentionPeriodHours = hours });
    }

    [Theory]
    [InlineData("Increase", 8761, "Maximum allowed retention period is 8760 hours. Requested retention period (8761 hours) is too long.")]
    [InlineData("Increase", 23, "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.")]
    [InlineData("Decrease", 23, "Minimum allowed retention period is 24 hours. Requested retention period (23 hours) is too short.")]
    [InlineData("Decrease", 25, "Requested retention period (25 hours) for stream s can not be longer than existing retention period (24 hours). Use IncreaseRetentionPeriod API.")]
    public async Task Retention_OutsideItsBounds_IsRefusedInAwsWords(string direction, int hours, string message)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        (await cloud.ErrorAsync($"{direction}StreamRetentionPeriod", new { StreamName = "s", RetentionPeriodHours = hours }))
            .ShouldBe("InvalidArgumentException: " + message);
    }

    [Fact]
    public async Task ClosedShard_PastTheRetention_IsForgotten()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        await cloud.CallAsync("UpdateShardCount", new { StreamName = "s", TargetShardCount = 2, ScalingType = "UNIFORM_SCALING" });
        await cloud.AdvanceAsync(TimeSpan.FromHours(23));
        (await cloud.ShardsAsync("s")).Count.ShouldBe(3);
        await cloud.AdvanceAsync(TimeSpan.FromHours(2));
        var shards = await cloud.ShardsAsync("s");
        shards.Select(shard => (string)shard["ShardId"]!).ShouldBe(["shardId-000000000001", "shardId-000000000002"]);
        shards[0]["ParentShardId"].ShouldBeNull();
        await cloud.CallAsync("MergeShards", new { StreamName = "s", ShardToMerge = "shardId-000000000001", AdjacentShardToMerge = "shardId-000000000002" });
        (await cloud.ShardsAsync("s", new { Type = "AT_LATEST" })).Select(shard => (string)shard["ShardId"]!).ShouldBe(["shardId-000000000003"]);
    }
}
