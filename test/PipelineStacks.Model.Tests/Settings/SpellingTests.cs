using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests.Settings;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("retentionHour", "retentionHours")]
    [InlineData("RETENTIONHOURS", "retentionHours")]
    [InlineData("mdoe", "mode")]
    [InlineData("compression", null)]
    public void Closest_FindsTheWordThatWasMeant(string word, string? expected) => Spelling.Closest(word, ["mode", "shards", "retentionHours"]).ShouldBe(expected);
}
