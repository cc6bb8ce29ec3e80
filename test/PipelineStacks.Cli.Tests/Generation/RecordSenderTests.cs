using System.Text;
using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Templates;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Generation;

public sealed class RecordSenderTests
{
    private readonly JumpingTime _time = new();
    private readonly Tally _tally = new();

    [Fact]
    public async Task Batch_PartlyRefused_SendsOnlyTheRefusedAgain()
    {
        // Of five: the second and fourth the first time, the first of those two the second time.
        var target = new FakeTarget((call, index) => call switch { 1 => index is 1 or 3, 2 => index is 0, _ => false });
        await SendAsync(target, "a", "b", "c", "d", "e");
        target.CallSizes.ShouldBe([5, 2, 1]);
        target.Accepted.Select(record => record.Data).ShouldBe(["a", "c", "e", "d", "b"]);
        (_tally.SentCount, _tally.AcceptedCount, _tally.RetriedCount, _tally.GivenUpCount).ShouldBe((5, 5, 3, 0));
    }

    [Fact]
    public async Task Pauses_WhileRefused_GrowToABoundAndDiffer()
    {
        await SendAsync(new FakeTarget((call, _) => call <= 12), "a");
        _time.Waits.Count.ShouldBe(12);
        for (var i = 0; i < 12; i++)
        {
            var longest = Math.Min(50 * Math.Pow(2, i), 2000);
            _time.Waits[i].TotalMilliseconds.ShouldBeInRange(longest * 0.25, longest);
        }

        _time.Waits.TakeLast(5).Distinct().Count().ShouldBe(5, "jitter keeps senders apart");
    }

    [Fact]
    public async Task Record_RefusedForGood_IsGivenUpWithTheReasonAndTheFix()
    {
        var error = await Should.ThrowAsync<UserError>(() => SendAsync(new FakeTarget((_, index) => index == 0), "a", "b"));
        error.Message.ShouldBe(
            "1 records were refused 100 times over, at last with ProvisionedThroughputExceededException: Rate exceeded for shard shardId-000000000000. "
            + "Send slower with --rate, or give the stream more shards.");
        (_tally.SentCount, _tally.AcceptedCount, _tally.GivenUpCount).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task Record_RefusedForNoLimit_IsGivenUpWithTheReasonAlone()
    {
        var error = await Should.ThrowAsync<UserError>(() => SendAsync(new FakeTarget((_, _) => true) { Refusal = ("InternalFailure", "The disk is full.") }, "a"));
        error.Message.ShouldBe("1 records were refused 100 times over, at last with InternalFailure: The disk is full.");
    }

    private Task SendAsync(FakeTarget target, params string[] records) =>
        new RecordSender(target, _tally, _time, new Xoshiro(1)).SendAsync(
            [.. records.Select(record => new PutRecordsEntry(Encoding.UTF8.GetBytes(record), record))], CancellationToken.None);
}
