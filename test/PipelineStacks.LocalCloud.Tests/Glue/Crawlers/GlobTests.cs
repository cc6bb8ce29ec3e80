using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Crawling;

namespace PipelineStacks.LocalCloud.Tests.Glue.Crawlers;

public sealed class GlobTests
{
    [Theory]
    [InlineData("*.csv", "a.csv", true)]
    [InlineData("*.csv", "x/a.csv", false)]
    [InlineData("**.csv", "x/a.csv", true)]
    [InlineData("*.{csv,avro}", "a.avro", true)]
    [InlineData("*.{csv,avro}", "a.json", false)]
    [InlineData("foo.?", "foo.1", true)]
    [InlineData("foo.?", "foo.12", false)]
    [InlineData("x/*", "x/a", true)]
    [InlineData("x/*", "x/y/a", false)]
    [InlineData("x/*/*", "x/y/a", true)]
    [InlineData("x/**", "x/y/z/a", true)]
    [InlineData("x**", "xy/a.txt", true)]
    [InlineData("[a-c]*", "b1", true)]
    [InlineData("[!a-c]*", "b1", false)]
    [InlineData(@"a\*b", "a*b", true)]
    [InlineData(@"a\*b", "axb", false)]
    [InlineData("a+b(c)", "a+b(c)", true)]
    public void Glob_AgainstAPath_MatchesAsGlueDocuments(string pattern, string path, bool matches) => new Glob(pattern).Matches(path).ShouldBe(matches);

    [Theory]
    [InlineData(null, "Film-Events 2026", "film_events_2026")]
    [InlineData("raw_", "year=2017", "raw_year_2017")]
    public void TableName_OfAFolder_HasLettersDigitsAndUnderlines(string? prefix, string folder, string name) => TableNames.Of(prefix, folder).ShouldBe(name);

    [Fact]
    public void TableName_TooLongOrTaken_IsCutOrHasAHash()
    {
        var name = TableNames.Of(null, new string('x', 300));

        name.Length.ShouldBe(128);
        TableNames.Hashed(name, "s3://a/b/").Length.ShouldBe(128);
        TableNames.Hashed("t", "s3://a/b/").ShouldMatch("^t_[0-9a-f]{32}$");
        TableNames.Hashed("t", "s3://a/b/").ShouldNotBe(TableNames.Hashed("t", "s3://a/c/"));
    }
}
