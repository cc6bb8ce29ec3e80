namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class IteratorTests
{
    [Fact]
    public async Task Iterators_OfEveryType_StandWhereAwsSays()
    {
        await using var cloud = await KinesisCloud.StartAsync(limits: false);
        await cloud.CreateAsync("s", 1);
        var numbers = new List<string>();
        var start = cloud.Now;
        for (var i = 0; i < 5; i++)
        {
            numbers.Add(await cloud.PutAsync("s", $"{i}"));
            await cloud.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        var first = (string)(await cloud.ShardsAsync("s"))[0]["SequenceNumberRange"]!["StartingSequenceNumber"]!;
        (string Type, string? Number, double? At, string Reads)[] table =
        [
            ("TRIM_HORIZON", null, null, "01234"),
            ("LATEST", null, null, ""),
            ("AT_SEQUENCE_NUMBER", numbers[2], null, "234"),
            ("AFTER_SEQUENCE_NUMBER", numbers[2], null, "34"),
            ("AFTER_SEQUENCE_NUMBER", numbers[4], null, ""),
            ("AT_SEQUENCE_NUMBER", first, null, "01234"),
            ("AFTER_SEQUENCE_NUMBER", first, null, "01234"),
            ("AT_TIMESTAMP", null, -3600, "01234"),
            ("AT_TIMESTAMP", null, 20, "234"),
            ("AT_TIMESTAMP", null, 20.001, "34"),
            ("AT_TIMESTAMP", null, 41, ""),
        ];
        foreach (var (type, number, at, reads) in table)
        {
            var iterator = await cloud.IteratorAsync("s", 0, type, number, at is { } seconds ? start.AddSeconds(seconds) : null);
            string.Concat(await cloud.ReadAsync(iterator)).ShouldBe(reads, $"{type} {at}");
        }

        var latest = await cloud.IteratorAsync("s", 0, "LATEST");
        await cloud.PutAsync("s", "new");
        (await cloud.ReadAsync(latest)).ShouldBe(["new"]);
    }

    [Fact]
    public async Task GetRecords_InSteps_GoesOnWhereItStoodAndSaysHowFarBehind()
    {
        await using var cloud = await KinesisCloud.StartAsync(limits: false);
        await cloud.CreateAsync("s", 1);
        for (var i = 0; i < 5; i++)
        {
            await cloud.PutAsync("s", $"{i}");
            await cloud.AdvanceAsync(TimeSpan.FromSeconds(10));
        }

        var (iterator, read, behind) = (await cloud.IteratorAsync("s", 0), new List<string>(), new List<long>());
        for (var i = 0; i < 4; i++)
        {
            var answer = await cloud.GetAsync(iterator, limit: 2);
            read.Add(string.Concat(KinesisCloud.Data(answer)));
            behind.Add((long)answer["MillisBehindLatest"]!);
            iterator = (string)answer["NextShardIterator"]!;
        }

        read.ShouldBe(["01", "23", "4", ""]);
        behind.ShouldBe([30_000, 10_000, 0, 0]);
    }

    [Fact]
    public async Task Iterator_AfterFiveMinutes_HasExpired()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var iterator = await cloud.IteratorAsync("s", 0);
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(5));
        await cloud.GetAsync(iterator);
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await cloud.ErrorAsync("GetRecords", new { ShardIterator = iterator })).ShouldBe(
            "ExpiredIteratorException: Iterator expired. The iterator was created at time Fri Nov 20 09:00:00 UTC 2026 while right now it is "
            + "Fri Nov 20 09:05:01 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds.");
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("AAAAAAAAAAEhnk8qM0kBYTbvG4zPTtXVeKHhzLtzJVq4D3Yk+wR1WbbzGkbRQYVt7b2b2ogYPCYxGQDdwFgDPTZeNBjb1N+5")]
    public async Task GetRecords_WithWhatIsNoIterator_Throws(string iterator)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        (await cloud.ErrorAsync("GetRecords", new { ShardIterator = iterator })).ShouldBe("InvalidArgumentException: Invalid ShardIterator.");
    }

    [Fact]
    public async Task GetRecords_WithAnIteratorTamperedWith_Throws()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var iterator = await cloud.IteratorAsync("s", 0);
        var tampered = (iterator[0] == 'A' ? 'B' : 'A') + iterator[1..];
        (await cloud.ErrorAsync("GetRecords", new { ShardIterator = tampered })).ShouldBe("InvalidArgumentException: Invalid ShardIterator.");
    }

    [Fact]
    public async Task GetShardIterator_WhatCannotBe_IsRefusedInAwsWords()
    {
        await using var cloud = await KinesisCloud.StartAsync(limits: false);
        await cloud.CreateAsync("s", 2);
        var (other, future) = (await cloud.PutAsync("s", "x", hash: "0"), cloud.Now.AddSeconds(1).ToUnixTimeMilliseconds());
        (object Request, string Error)[] table =
        [
            (new { StreamName = "s", ShardId = "shardId-000000000002", ShardIteratorType = "LATEST" },
                "ResourceNotFoundException: Shard shardId-000000000002 in stream s under account 000000000000 does not exist"),
            (new { StreamName = "s", ShardId = "shardId-000000000001", ShardIteratorType = "AT_SEQUENCE_NUMBER", StartingSequenceNumber = other },
                $"InvalidArgumentException: StartingSequenceNumber {other} used in GetShardIterator on shard shardId-000000000001 in stream s under account "
                + "000000000000 is invalid because it did not come from this stream."),
            (new { StreamName = "s", ShardId = "shardId-000000000000", ShardIteratorType = "AT_TIMESTAMP", Timestamp = future / 1000m },
                "InvalidArgumentException: The timestampInMillis parameter cannot be greater than the currentTimestampInMillis. "
                + $"timestampInMillis: {future}, currentTimestampInMillis: {future - 1000}"),
            (new { StreamName = "s", ShardId = "shard-0", ShardIteratorType = "LATEST", StartingSequenceNumber = "5" },
                "InvalidArgumentException: Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber or (2) TRIM_HORIZON or "
                + "LATEST and no StartingSequenceNumber. Request specified LATEST and also a StartingSequenceNumber."),
            (new { StreamName = "s", ShardId = "shardId-x", ShardIteratorType = "LATEST" },
                "ResourceNotFoundException: Could not find shard shardId-x in stream s under account 000000000000."),
            (new { StreamName = "s", ShardId = "shardId-000000000000", ShardIteratorType = "FIRST" },
                "ValidationException: 1 validation error detected: Value 'FIRST' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy "
                + "enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]"),
        ];
        foreach (var (request, error) in table)
            (await cloud.ErrorAsync("GetShardIterator", request)).ShouldBe(error);
    }

    [Fact]
    public async Task Iterator_AfterARestart_IsStillGood()
    {
        var data = Directory.CreateTempSubdirectory("kinesis-tests-").FullName;
        try
        {
            string iterator, last;
            await using (var cloud = await KinesisCloud.StartAsync(data: data))
            {
                await cloud.CreateAsync("s", 2);
                await cloud.PutAsync("s", "before", hash: "0");
                last = await cloud.PutAsync("s", "between", hash: "0");
                iterator = await cloud.IteratorAsync("s", 0);
            }

            await using (var cloud = await KinesisCloud.StartAsync(data: data))
            {
                var next = await cloud.PutAsync("s", "after", hash: "0");
                string.CompareOrdinal(last, next).ShouldBeLessThan(0);
                (await cloud.ReadAsync(iterator)).ShouldBe(["before", "between", "after"]);
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
