using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Logs;

namespace PipelineStacks.LocalCloud.Tests.Logs;

public sealed class FilterPatternTests
{
    [Theory]
    [InlineData(null, "anything", true)]
    [InlineData("", "anything", true)]
    [InlineData("ERROR", "an ERROR here", true)]
    [InlineData("ERROR", "an error here", false)]
    [InlineData("ERROR here", "here an ERROR", true)]
    [InlineData("ERROR there", "here an ERROR", false)]
    [InlineData("\"an ERROR\"", "here an ERROR", true)]
    [InlineData("\"ERROR an\"", "here an ERROR", false)]
    [InlineData("\"a \\\"b\\\"\"", "say a \"b\"", true)]
    [InlineData("?a ?b", "only b", true)]
    [InlineData("?a1 ?b1", "neither", false)]
    [InlineData("ERROR -harmless", "ERROR harmless", false)]
    [InlineData("ERROR -\"quite harmless\"", "ERROR harmless", true)]
    public void Pattern_OnALine_MatchesAsItSays(string? pattern, string line, bool matches) => FilterPattern.Parse(pattern).Matches(line).ShouldBe(matches);

    [Theory]
    [InlineData("{ $.level = \"ERROR\" }", "The JSON filter pattern { $.level = \"ERROR\" } is not supported by the local cloud.")]
    [InlineData("[ip, user]", "The filter pattern by columns [ip, user] is not supported by the local cloud.")]
    [InlineData("%ERR.*%", "The regular expression %ERR.*% as a filter pattern is not supported by the local cloud.")]
    [InlineData("?a b", "Optional terms beside others in the filter pattern ?a b is not supported by the local cloud.")]
    [InlineData("a,b", "Invalid filter pattern: a,b")]
    [InlineData("\"open", "Invalid filter pattern: \"open")]
    public void Pattern_OfAnotherKind_IsRefused(string pattern, string error) =>
        Should.Throw<ServiceException>(() => FilterPattern.Parse(pattern)).Message.ShouldBe(error);
}
