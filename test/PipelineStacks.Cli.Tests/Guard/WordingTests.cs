using System.Text.Json.Nodes;
using PipelineStacks.Cli.Guard;

namespace PipelineStacks.Cli.Tests.Guard;

public sealed class WordingTests
{
    private static readonly string Long = new('x', 200);

    [Theory]
    [InlineData("1", "2", "1 → 2")]
    [InlineData("null", "true", "none → true")]
    [InlineData("""[{"Name":"a"}]""", """[{"Name":"a"},{"Name":"b"}]""", "+ b")]
    [InlineData("""["a","b"]""", """["b","c"]""", "− a, + c")]
    [InlineData("""["a","b"]""", """["b","a"]""", "in another order")]
    [InlineData("""{"Ref":"A"}""", """{"Fn::GetAtt":["A","Arn"]}""", "${A} → ${A.Arn}")]
    public void Difference_OfValues_IsPutShortly(string was, string now, string words) =>
        Wording.OfDifference(JsonNode.Parse(was), JsonNode.Parse(now)).ShouldBe(words);

    [Fact]
    public void Difference_OfLongTexts_ShowsThePartThatDiffers() =>
        Wording.OfDifference(JsonValue.Create(Long + "old" + Long), JsonValue.Create(Long + "new" + Long))
            .ShouldBe("…xxxxxxxxxxxxoldxxxxxxxxxxxx… → …xxxxxxxxxxxxnewxxxxxxxxxxxx…");
}
