using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class PutTests
{
    [Fact]
    public async Task SequenceNumbers_OfAShard_Have56DigitsAndIncrease()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var numbers = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            numbers.Add(await cloud.PutAsync("s", $"{i}"));
            await cloud.AdvanceAsync(TimeSpan.FromMilliseconds(i));
        }

        var batch = await cloud.CallAsync("PutRecords", Records("s", 5, _ => "x"));
        numbers.AddRange(batch["Records"]!.AsArray().Select(record => (string)record!["SequenceNumber"]!));

        numbers.ShouldAllBe(number => number.Length == 56 && number.All(char.IsAsciiDigit));
        numbers.Order(StringComparer.Ordinal).ShouldBe(numbers);
        numbers.Distinct().Count().ShouldBe(10);
        var shard = (await cloud.ShardsAsync("s"))[0];
        string.CompareOrdinal((string)shard["SequenceNumberRange"]!["StartingSequenceNumber"]!, numbers[0]).ShouldBeLessThan(0);
    }

    [Fact]
    public async Task PutRecord_WithSequenceNumberForOrdering_TakesNumbersItGave()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        var first = await cloud.PutAsync("s", "one");
        var second = await cloud.CallAsync("PutRecord", new { StreamName = "s", Data = "", PartitionKey = "k", SequenceNumberForOrdering = first });
        string.CompareOrdinal(first, (string)second["SequenceNumber"]!).ShouldBeLessThan(0);
        (await cloud.ErrorAsync("PutRecord", new { StreamName = "s", Data = "", PartitionKey = "k", SequenceNumberForOrdering = "12" }))
            .ShouldBe("InvalidArgumentException: ExclusiveMinimumSequenceNumber 12 used in PutRecord on stream s under account 000000000000 is invalid.");
    }

    [Fact]
    public async Task Records_ByNameAndArn_ComeOutAsTheyWentIn()
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        // Members in any order, escapes in the base64 and the key, empty data.
        await cloud.CallAsync("PutRecords", $$"""
            {"Records":[{"PartitionKey":"caf\u00e9 \"\\","Data":"aGVsbG8="},{"Data":"aGVs\u0062G8=","PartitionKey":"b"},{"Data":"","PartitionKey":"c"}],
             "StreamARN":"{{KinesisCloud.Arn("s")}}"}
            """);
        await cloud.CallAsync("PutRecord", $$"""{"PartitionKey":"d","Data":"{{new string('A', 400_000)}}","StreamName":"s"}""");

        var answer = await cloud.GetAsync(await cloud.IteratorAsync("s", 0));

        KinesisCloud.Data(answer).Select(data => data.Length).ShouldBe([5, 5, 0, 300_000]);
        answer["Records"]!.AsArray().Select(record => (string)record!["PartitionKey"]!).ShouldBe(["café \"\\", "b", "c", "d"]);
        ((double)answer["Records"]![0]!["ApproximateArrivalTimestamp"]!).ShouldBe(cloud.Now.ToUnixTimeMilliseconds() / 1000.0);
    }

    [Theory]
    [InlineData("PutRecord", """{"StreamName":"s"}""",
        "2 validation errors detected: Value null at 'data' failed to satisfy constraint: Member must not be null; "
        + "Value null at 'partitionKey' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecord", """{"StreamName":"s","Data":"","PartitionKey":""}""",
        "1 validation error detected: Value '' at 'partitionKey' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("PutRecord", """{"StreamName":"s","Data":"","PartitionKey":"k","ExplicitHashKey":"01"}""",
        "1 validation error detected: Value '01' at 'explicitHashKey' failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})")]
    [InlineData("PutRecord", """{"StreamName":"s","Data":"","PartitionKey":"k","SequenceNumberForOrdering":"0x"}""",
        "1 validation error detected: Value '0x' at 'sequenceNumberForOrdering' failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})")]
    [InlineData("PutRecord", """{"StreamName":"s s","Data":"","PartitionKey":"k"}""",
        "1 validation error detected: Value 's s' at 'streamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+")]
    [InlineData("PutRecords", """{"StreamName":"s"}""",
        "1 validation error detected: Value null at 'records' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[]}""",
        "1 validation error detected: Value '[]' at 'records' failed to satisfy constraint: Member must have length greater than or equal to 1")]
    [InlineData("PutRecords", """{"StreamName":"s","Records":[{"Data":"","PartitionKey":"k"},{"PartitionKey":"k"}]}""",
        "1 validation error detected: Value null at 'records.2.member.data' failed to satisfy constraint: Member must not be null")]
    public async Task Put_MembersOutsideTheirConstraints_ThrowsAwsText(string operation, string request, string message)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        (await cloud.ErrorAsync(operation, request)).ShouldBe("ValidationException: " + message);
    }

    [Theory]
    [InlineData("""{"StreamName":"s","Data":"a","PartitionKey":"k"}""", "SerializationException: Kinesis PutRecord: the value of Data (it is not base64) is of the wrong type or malformed.")]
    [InlineData("""{"StreamName":"s","Data":"","PartitionKey":"\ud800"}""", "SerializationException: Kinesis PutRecord: Cannot read incomplete UTF-16 JSON text as string with missing low surrogate.")]
    [InlineData("""{"StreamName":1}""", "SerializationException: Kinesis PutRecord: the value of StreamName is of the wrong type or malformed.")]
    [InlineData("""{"StreamName":"s","Foo":1}""", "SerializationException: Foo of Kinesis PutRecord is not supported by the local cloud.")]
    [InlineData("""{"StreamName":"none","Data":"","PartitionKey":"k"}""", "ResourceNotFoundException: Stream none under account 000000000000 not found.")]
    [InlineData("""{"StreamName":"s","Data":"","PartitionKey":"k","ExplicitHashKey":"340282366920938463463374607431768211456"}""",
        "InvalidArgumentException: Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was 340282366920938463463374607431768211456")]
    public async Task PutRecord_WhatCannotBe_IsRefused(string request, string error)
    {
        await using var cloud = await KinesisCloud.StartAsync();
        await cloud.CreateAsync("s", 1);
        (await cloud.ErrorAsync("PutRecord", request)).ShouldBe(error);
    }

    [Fact]
    public async Task Put_MoreThanItMay_IsRefusedAsAWhole()
    {
        await using var cloud = await KinesisCloud.StartAsync(limits: false);
        await cloud.CreateAsync("s", 1);
        (await cloud.ErrorAsync("PutRecords", Records("s", 501, _ => "x"))).ShouldContain("Member must have length less than or equal to 500");
        (await cloud.ErrorAsync("PutRecords", Records("s", 11, _ => new string('x', 1_000_000)))).ShouldBe("InvalidArgumentException: Records size exceeds 10 MB limit");
        (await cloud.ErrorAsync("PutRecord", new { StreamName = "s", PartitionKey = "k", Data = KinesisCloud.Base64(new string('x', 1_048_577)) }))
            .ShouldContain("Value 'java.nio.HeapByteBuffer[pos=0 lim=1048577 cap=1048577]' at 'data' failed to satisfy constraint: Member must have length less than or equal to 1048576");
        (await cloud.ReadAsync(await cloud.IteratorAsync("s", 0))).ShouldBeEmpty();

        await cloud.CallAsync("UpdateMaxRecordSize", new { StreamARN = KinesisCloud.Arn("s"), MaxRecordSizeInKiB = 2048 });
        await cloud.CallAsync("PutRecord", new { StreamName = "s", PartitionKey = "k", Data = KinesisCloud.Base64(new string('x', 1_048_577)) });
    }

    internal static JsonObject Records(string stream, int count, Func<int, string> data, Func<int, string>? key = null) => new()
    {
        ["StreamName"] = stream,
        ["Records"] = new JsonArray(
        [
            .. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject
            {
                ["Data"] = KinesisCloud.Base64(data(i)),
                ["PartitionKey"] = key?.Invoke(i) ?? $"{i % 10}",
            }),
        ]),
    };
}
