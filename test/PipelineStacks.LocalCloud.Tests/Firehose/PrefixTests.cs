using PipelineStacks.LocalCloud.Services.Firehose.Prefixes;

namespace PipelineStacks.LocalCloud.Tests.Firehose;

public sealed class PrefixTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 15, 4, 5, 678, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "2026/01/02/15/")]
    [InlineData("", "2026/01/02/15/")]
    [InlineData("raw/", "raw/2026/01/02/15/")]
    [InlineData("raw/!{timestamp:yyyy-MM-dd}/", "raw/2026-01-02/")]
    [InlineData("y=!{timestamp:yyyy}/m=!{timestamp:MM}/", "y=2026/m=01/")]
    [InlineData("!{timestamp:yyyy'/week 'DDD'''s'}", "2026/week 002's")]
    [InlineData("!{timestamp:yy.M.d H:m:s.SSS}", "26.1.2 15:4:5.678")]
    [InlineData("!{timestamp:hh a EEE EEEE MMM MMMM}", "03 PM Fri Friday Jan January")]
    public void Prefix_WithExpressions_IsEvaluatedAtTheOldestRecord(string? prefix, string expected) =>
        PrefixTemplate.Parse(prefix).Evaluate(Time).ShouldBe(expected);

    [Theory]
    [InlineData("", "format-conversion-failed/2026/01/02/15/")]
    [InlineData("errors/", "errors/format-conversion-failed/2026/01/02/15/")]
    [InlineData("errors/!{firehose:error-output-type}/", "errors/format-conversion-failed/2026/01/02/15/")]
    [InlineData("q/!{firehose:error-output-type}/d=!{timestamp:yyyy-MM-dd}/", "q/format-conversion-failed/d=2026-01-02/")]
    public void ErrorPrefix_OfAnyForm_HoldsTheErrorsType(string prefix, string expected) =>
        PrefixTemplate.Parse(prefix).EvaluateForErrors(Time, "format-conversion-failed").ShouldBe(expected);

    [Fact]
    public void RandomString_IsElevenCharactersAndFreshEachTime()
    {
        var parts = PrefixTemplate.Parse("!{timestamp:yyyy}/!{firehose:random-string}/!{firehose:random-string}").Evaluate(Time).Split('/');
        parts[1].Length.ShouldBe(11);
        parts[2].Length.ShouldBe(11);
        parts[1].ShouldNotBe(parts[2]);
    }

    [Theory]
    [InlineData("!{timestamp:YYYY}/", "The letter Y of timestamp patterns is the week-based year, which is wrong around New Year; write yyyy.")]
    [InlineData("!{timestamp:yyyy-qq}/", "qq is not supported in timestamp patterns by the local cloud.")]
    [InlineData("!{timestamp:yyyy'x}/", "The timestamp pattern yyyy'x has a quote without its end.")]
    [InlineData("!{timestamp:yyyy/", "The expression !{timestamp:yyyy/ has no end.")]
    [InlineData("!{partitionKeyFromQuery:id}/", "The expression !{partitionKeyFromQuery:id} is not supported by the local cloud.")]
    [InlineData("!{yyyy}/", "The expression !{yyyy} has no namespace; write !{timestamp:…} or !{firehose:…}.")]
    public void Expression_ThatIsNotSupported_IsRefusedByName(string prefix, string error) =>
        Should.Throw<FormatException>(() => PrefixTemplate.Parse(prefix)).Message.ShouldBe(error);
}
