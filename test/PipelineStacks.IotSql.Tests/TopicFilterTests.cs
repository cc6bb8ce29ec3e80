using PipelineStacks.IotSql.Syntax;

namespace PipelineStacks.IotSql.Tests;

public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("topic/subtopic", "topic/subtopic", true)]
    [InlineData("topic/subtopic", "topic/subtopic-2", false)]
    [InlineData("topic/#", "topic/subtopic", true)]
    [InlineData("topic/#", "topic/subtopic-3/details", true)]
    [InlineData("topic/#", "topic-2/subtopic-x", false)]
    [InlineData("topic/#", "topic/", true)]
    [InlineData("topic/#", "topic", false)]
    [InlineData("topic/+", "topic/subtopic-2", true)]
    [InlineData("topic/+", "topic/subtopic-3/details", false)]
    [InlineData("topic/+", "topic", false)]
    [InlineData("+/subtopic", "topic/subtopic", true)]
    [InlineData("#", "a/b/c", true)]
    [InlineData("#", "$aws/events/presence", false)]
    [InlineData("+/events", "$aws/events", false)]
    [InlineData("$aws/#", "$aws/events", true)]
    [InlineData("a//b", "a//b", true)]
    [InlineData("a/+/b", "a//b", true)]
    public void Matches_IsIotCoresWildcards(string filter, string topic, bool expected) => new TopicFilter(filter).Matches(topic).ShouldBe(expected);
}
