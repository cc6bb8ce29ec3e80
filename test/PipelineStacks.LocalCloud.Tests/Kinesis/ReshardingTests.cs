using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class ReshardingTests
{
    [Fact]
    public async Task SplitShard_AtAHashKey_ClosesTheParentAndNamesTheChildren()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var number = await cloud.PutAsync("s", "before", hash: "5");
        var iterator = await cloud.IteratorAsync("s", 0);
        await cloud.CallAsync("SplitShard", new { StreamName = "s", ShardToSplit = "shardId-000000000000", NewStartingHashKey = "10" });
        await cloud.PutAsync("s", "low", hash: "9");
        var child = await cloud.PutAsync("s", "high", hash: "10");

        var end = await cloud.GetAsync(iterator);
        KinesisCloud.Data(end).ShouldBe(["before"]);
        end["NextShardIterator"].ShouldBeNull();
        end["ChildShards"]!.AsArray().Select(shard => $"{shard!["ShardId"]} of {shard["ParentShards"]!.ToJsonString()} from {shard["HashKeyRange"]!["StartingHashKey"]}")
            .ShouldBe(["shardId-000000000001 of [\"shardId-000000000000\"] from 0", "shardId-000000000002 of [\"shardId-000000000000\"] from 10"]);
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 1))).ShouldBe(["low"]);
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 2))).ShouldBe(["high"]);

        var shards = await cloud.ShardsAsync("s");
        var ending = (string)shards[0]["SequenceNumberRange"]!["EndingSequenceNumber"]!;
        string.CompareOrdinal(number, ending).ShouldBeLessThan(0);
        string.CompareOrdinal(ending, child).ShouldBeLessThan(0);
        shards[1]["SequenceNumberRange"]!["EndingSequenceNumber"].ShouldBeNull();
    }

    [Fact]
    public async Task MergeShards_OfNeighbours_MakesOneOfBoth()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 3);
        await cloud.CallAsync("MergeShards", new { StreamName = "s", ShardToMerge = "shardId-000000000000", AdjacentShardToMerge = "shardId-000000000001" });
        var merged = (await cloud.ShardsAsync("s", new { Type = "AT_LATEST" }))[1];
        merged.ToJsonString().ShouldContain("""
            "ShardId":"shardId-000000000003","ParentShardId":"shardId-000000000000","AdjacentParentShardId":"shardId-000000000001","HashKeyRange":{"StartingHashKey":"0","EndingHashKey":"226854911280625642308916404954512140969"}
            """);
    }

    [Theory]
    [InlineData("SplitShard", """{"ShardToSplit":"shardId-000000000000","NewStartingHashKey":"1"}""",
        "InvalidArgumentException: NewStartingHashKey 1 used in SplitShard() on shard shardId-000000000000 in stream s under account 000000000000 is not both greater "
        + "than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey 113427455640312821154458202477256070484.")]
    [InlineData("SplitShard", """{"ShardToSplit":"shardId-000000000009","NewStartingHashKey":"10"}""",
        "ResourceNotFoundException: Could not find shard shardId-000000000009 in stream s under account 000000000000.")]
    [InlineData("MergeShards", """{"ShardToMerge":"shardId-000000000000","AdjacentShardToMerge":"shardId-000000000002"}""",
        "InvalidArgumentException: Shards shardId-000000000000 and shardId-000000000002 in stream s under account 000000000000 are not an adjacent pair of shards eligible for merging")]
    [InlineData("MergeShards", """{"ShardToMerge":"shardId-000000000001","AdjacentShardToMerge":"shardId-000000000000"}""",
        "InvalidArgumentException: Shards shardId-000000000001 and shardId-000000000000 in stream s under account 000000000000 are not an adjacent pair of shards eligible for merging")]
    [InlineData("MergeShards", """{"ShardToMerge":"shardId-000000000002","AdjacentShardToMerge":"shardId-000000000000"}""",
        "InvalidArgumentException: Shards shardId-000000000002 and shardId-000000000000 in stream s under account 000000000000 are not an adjacent pair of shards eligible for merging")]
    [InlineData("UpdateShardCount", """{"TargetShardCount":7,"ScalingType":"UNIFORM_SCALING"}""",
        "LimitExceededException: UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 3 Target shard count: 7")]
    [InlineData("UpdateShardCount", """{"TargetShardCount":1,"ScalingType":"UNIFORM_SCALING"}""",
        "LimitExceededException: UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: 3 Target shard count: 1")]
    public async Task Resharding_WhatCannotBe_IsRefusedInAwsWords(string operation, string request, string error)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 3);
        var body = JsonNode.Parse(request)!.AsObject();
        body["StreamName"] = "s";
        (await cloud.ErrorAsync(operation, body.ToJsonString())).ShouldBe(error);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 2)]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    [InlineData(7, 6)]
    public async Task UpdateShardCount_UpOrDown_LeavesEqualShards(int before, int after)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", before);
        var answer = await cloud.CallAsync("UpdateShardCount", new { StreamName = "s", TargetShardCount = after, ScalingType = "UNIFORM_SCALING" });
        ((int)answer["CurrentShardCount"]!, (int)answer["TargetShardCount"]!).ShouldBe((before, after));
        await cloud.CreateAsync("fresh", after);
        Ranges(await cloud.ShardsAsync("s", new { Type = "AT_LATEST" })).ShouldBe(Ranges(await cloud.ShardsAsync("fresh")));
        ((int)(await cloud.CallAsync("DescribeStreamSummary", new { StreamName = "s" }))["StreamDescriptionSummary"]!["OpenShardCount"]!).ShouldBe(after);
    }

    [Fact]
    public async Task ListShards_WithFiltersAndPages_GivesWhatAwsSays()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 2);
        var created = cloud.Now;
        await cloud.AdvanceAsync(TimeSpan.FromHours(1));
        await cloud.CallAsync("UpdateShardCount", new { StreamName = "s", TargetShardCount = 4, ScalingType = "UNIFORM_SCALING" });
        await cloud.AdvanceAsync(TimeSpan.FromHours(1));

        (object? Filter, string Shards)[] table =
        [
            (null, "012345"),
            (new { Type = "AT_LATEST" }, "2345"),
            (new { Type = "AT_TRIM_HORIZON" }, "01"),
            (new { Type = "FROM_TRIM_HORIZON" }, "012345"),
            (new { Type = "AFTER_SHARD_ID", ShardId = "shardId-000000000003" }, "45"),
            (new { Type = "AT_TIMESTAMP", Timestamp = created.AddMinutes(30).ToUnixTimeSeconds() }, "01"),
            (new { Type = "AT_TIMESTAMP", Timestamp = created.AddMinutes(90).ToUnixTimeSeconds() }, "2345"),
            (new { Type = "FROM_TIMESTAMP", Timestamp = created.AddMinutes(30).ToUnixTimeSeconds() }, "012345"),
            (new { Type = "FROM_TIMESTAMP", Timestamp = created.AddMinutes(90).ToUnixTimeSeconds() }, "2345"),
        ];
        foreach (var (filter, expected) in table)
            string.Concat((await cloud.ShardsAsync("s", filter)).Select(shard => ((string)shard["ShardId"]!)[^1])).ShouldBe(expected, $"{filter}");

        var page = await cloud.CallAsync("ListShards", new { StreamName = "s", MaxResults = 4 });
        page["Shards"]!.AsArray().Count.ShouldBe(4);
        var rest = await cloud.CallAsync("ListShards", new { NextToken = (string)page["NextToken"]!, MaxResults = 4 });
        rest["Shards"]!.AsArray().Select(shard => (string)shard!["ShardId"]!).ShouldBe(["shardId-000000000004", "shardId-000000000005"]);
        rest["NextToken"].ShouldBeNull();
    }

    [Fact]
    public async Task OnDemandStream_UnderGrowingTraffic_GrowsToTwiceItsPeak()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CallAsync("CreateStream", new { StreamName = "s", StreamModeDetails = new { StreamMode = "ON_DEMAND" } });
        (await OpenAsync(cloud)).ShouldBe(4);
        // 3,000 records a second is within the first 4,000, and above half of them.
        await FillMinuteAsync(cloud);
        (await OpenAsync(cloud)).ShouldBe(4, "within the first 15 minutes");
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(15));
        await FillMinuteAsync(cloud);
        await cloud.PutAsync("s", "the first of the next minute");
        (await OpenAsync(cloud)).ShouldBe(6);

        async Task FillMinuteAsync(KinesisCloud at)
        {
            for (var second = 0; second < 60; second++)
            {
                for (var i = 0; i < 6; i++)
                {
                    var n = i;
                    await at.CallAsync("PutRecords", PutTests.Records("s", 500, _ => "", j => $"{n} {j}"));
                }

                await at.AdvanceAsync(TimeSpan.FromSeconds(1));
            }
        }
    }

    [Fact]
    public async Task UpdateStreamMode_ThirdTimeInADay_IsRefused()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        await SwitchAsync("ON_DEMAND");
        await SwitchAsync("PROVISIONED");
        (await cloud.ErrorAsync("UpdateStreamMode", new { StreamARN = KinesisCloud.Arn("s"), StreamModeDetails = new { StreamMode = "ON_DEMAND" } }))
            .ShouldStartWith("LimitExceededException");
        await cloud.AdvanceAsync(TimeSpan.FromDays(1));
        await SwitchAsync("ON_DEMAND");

        Task SwitchAsync(string mode) =>
            cloud.CallAsync("UpdateStreamMode", new { StreamARN = KinesisCloud.Arn("s"), StreamModeDetails = new { StreamMode = mode } });
    }

    private static IEnumerable<string> Ranges(IEnumerable<JsonNode> shards) => shards.Select(shard => shard["HashKeyRange"]!.ToJsonString()).Order();

    private static async Task<int> OpenAsync(KinesisCloud cloud) =>
        (int)(await cloud.CallAsync("DescribeStreamSummary", new { StreamName = "s" }))["StreamDescriptionSummary"]!["OpenShardCount"]!;
}
