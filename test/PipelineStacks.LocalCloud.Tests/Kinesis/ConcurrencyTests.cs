namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Records_PutWhileTheStreamIsReshardedAndRead_ComeOutOnceAndInOrder()
    {
        const int producers = 4;
        const int batches = 100;
        await using var cloud = await KinesisCloud.StartAsync(limits: false);
        await cloud.CreateAsync("s", 2);
        var (consumer, left) = (new ShardConsumer(cloud), producers);
        var work = Enumerable.Range(0, producers).Select(producer => Task.Run(async () =>
        {
            for (var batch = 0; batch < batches; batch++)
                await cloud.CallAsync("PutRecords", PutTests.Records("s", 10, i => $"{(batch * 10) + i}", i => $"{producer}-{i % 3}"));
            Interlocked.Decrement(ref left);
        })).ToList();
        for (var round = 0; Volatile.Read(ref left) > 0; round++)
        {
            await cloud.CallAsync("UpdateShardCount", new { StreamName = "s", TargetShardCount = 2 + (round % 3), ScalingType = "UNIFORM_SCALING" });
            await consumer.ReadAsync(20, limit: 1000);
        }

        await Task.WhenAll(work);
        await consumer.ReadAsync(int.MaxValue, limit: 10_000);
        consumer.Seen.Count.ShouldBe(producers * 3);
        foreach (var (key, numbers) in consumer.Seen)
        {
            var remainder = key[^1] - '0';
            numbers.ShouldBe(Enumerable.Range(0, batches * 10).Where(number => number % 10 % 3 == remainder), key);
        }
    }

    [Fact]
    public async Task Stream_DeletedWhileItIsWrittenAndRead_IsNotFoundFromThenOn()
    {
        await using var cloud = await KinesisCloud.StartAsync(limits: false);
        await cloud.CreateAsync("s", 1);
        var iterator = await cloud.IteratorAsync("s", 0);
        var writer = UntilItFailsAsync("PutRecord", new { StreamName = "s", Data = KinesisCloud.Base64("x"), PartitionKey = "k" });
        var reader = UntilItFailsAsync("GetRecords", new { ShardIterator = iterator });
        await cloud.CallAsync("DeleteStream", new { StreamName = "s" });
        (await writer).ShouldBe("ResourceNotFoundException: Stream s under account 000000000000 not found.");
        (await reader).ShouldStartWith("ResourceNotFoundException");

        async Task<string> UntilItFailsAsync(string operation, object request)
        {
            while (true)
            {
                var (status, answer) = await cloud.SendAsync(operation, request);
                if (status != System.Net.HttpStatusCode.OK)
                    return $"{answer["__type"]}: {answer["message"]}";
            }
        }
    }
}
