using PipelineStacks.Cli.Run;

namespace PipelineStacks.Cli.Tests.Run;

public sealed class ReconciliationTests
{
    [Theory]
    [InlineData(1000, 1000, 999, 999, 1, 1, null)]
    [InlineData(1000, 1000, 1000, 1000, 0, 0, null)]
    [InlineData(1000, 990, 990, 990, 0, 0, "the stream accepted 990 of 1,000 sent")]
    [InlineData(1000, 1000, 990, 990, 0, 0, "between stream and zones 10 are missing: 1,000 accepted, 990 delivered and 0 quarantined")]
    [InlineData(1000, 1000, 1005, 1005, 0, 0, "between stream and zones 5 are too many: 1,000 accepted, 1,005 delivered and 0 quarantined")]
    [InlineData(1000, 1000, 1005, 1000, 0, 0, "5 rows in the landing zone are there twice")]
    [InlineData(1000, 1000, 998, 998, 2, 1, "1 were broken on purpose and 2 are in quarantine")]
    public void Counts_ByTheirDifference_NameWhereItIs(long sent, long accepted, long delivered, long different, long quarantined, long broken, string? expected) =>
        new Reconciliation { Sent = sent, Accepted = accepted, Delivered = delivered, Different = different, Quarantined = quarantined, Broken = broken }.Difference.ShouldBe(expected);
}
