using PipelineStacks.Cli.Run;

namespace PipelineStacks.Cli.Tests.Run;

public sealed class LakeTableTests
{
    [Theory]
    [InlineData(10, 10L, null, null)]
    [InlineData(10, null, null, null)]
    [InlineData(9, 10L, null, "9 rows, and 10 should be there")]
    [InlineData(10, 10L, "2 events have no category", "2 events have no category")]
    public void Table_Counted_TellsWhatIsWrong(long rows, long? expected, string? flaw, string? difference) =>
        new LakeTable("t", rows, expected, flaw).Difference.ShouldBe(difference);
}
