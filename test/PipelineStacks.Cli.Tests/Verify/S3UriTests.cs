using PipelineStacks.Cli.Verify;

namespace PipelineStacks.Cli.Tests.Verify;

public sealed class S3UriTests
{
    [Theory]
    [InlineData("s3://lake/a/b.parquet", "lake", "a/b.parquet")]
    [InlineData("s3://lake/at=10%3A00/b.parquet", "lake", "at=10%3A00/b.parquet")]
    [InlineData("s3://lake/what?/b#1 +ä.parquet", "lake", "what?/b#1 +ä.parquet")]
    [InlineData("s3://lake/", "lake", "")]
    public void Place_IsSplit_AndItsKeyIsAsItIs(string place, string bucket, string key) => S3Uri.Split(place).ShouldBe((bucket, key));

    [Theory]
    [InlineData("lake/a")]
    [InlineData("s3://lake")]
    [InlineData("https://lake/a")]
    public void AnythingElse_IsRefused(string place) => Should.Throw<FormatException>(() => S3Uri.Split(place)).Message.ShouldContain(place);
}
