using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Glue.Crawlers;

/// <summary>A crawler that runs again, over data that stayed, changed or went.</summary>
public sealed class RecrawlTests(CrawlerCloud crawlers) : IClassFixture<CrawlerCloud>
{
    [Fact]
    public async Task Crawl_Again_ChangesNothing()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("d=1/a.csv", "id,name\n1,Ann\n");
        await one.CreateAsync();
        await one.CrawlAsync();
        var before = (await one.TablesAsync())[0].ToJsonString();

        await one.CrawlAsync();

        (await one.TablesAsync())[0].ToJsonString().ShouldBe(before);
        one.LastCounts().ShouldBe(new());
    }

    [Theory]
    // The detected schema replaces the old one; merged, the old columns stay as they are; logged, nothing changes but new partitions.
    [InlineData("UPDATE_IN_DATABASE", "", "a double, c string", 1)]
    [InlineData("UPDATE_IN_DATABASE", """{"Version":1.0,"CrawlerOutput":{"Tables":{"AddOrUpdateBehavior":"MergeNewColumns"}}}""", "a int, b int, c string", 1)]
    [InlineData("LOG", "", "a int, b int", 0)]
    public async Task Crawl_OfAChangedSchema_GoesByTheUpdateBehavior(string behavior, string configuration, string columns, int updated)
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("d=1/a.json", """{"a":1,"b":2}""");
        await one.CreateAsync(new JsonObject
        {
            ["SchemaChangePolicy"] = new JsonObject { ["UpdateBehavior"] = behavior, ["DeleteBehavior"] = "LOG" },
            ["Configuration"] = configuration,
        }.ToJsonString());
        await one.CrawlAsync();

        await one.PutAsync("d=1/a.json", """{"a":1.5,"c":"x"}""");
        await one.PutAsync("d=2/a.json", """{"a":1.5,"c":"x"}""");
        await one.CrawlAsync();

        (await one.ShapesAsync()).ShouldBe([$"{one.Folder}({columns}; d)"]);
        (await one.PartitionsAsync(one.Folder)).ShouldBe(["1", "2"]);
        one.LastCounts().TablesUpdated.ShouldBe(updated);
        if (updated == 0)
            (await one.LogAsync()).ShouldContain($"INFO : The schema of table {one.Folder} in database {one.Database} has changed; it is not updated, as the crawler's UpdateBehavior is LOG.");
    }

    [Theory]
    [InlineData("DELETE_FROM_DATABASE", 0, false)]
    [InlineData("DEPRECATE_IN_DATABASE", 1, true)]
    [InlineData("LOG", 1, false)]
    public async Task Crawl_WhereATableIsGone_GoesByTheDeleteBehavior(string behavior, int tables, bool deprecated)
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("a.json", """{"a":1}""");
        await one.CreateAsync($$$"""{"SchemaChangePolicy":{"UpdateBehavior":"UPDATE_IN_DATABASE","DeleteBehavior":"{{{behavior}}}"} }""");
        await one.CrawlAsync();
        one.Delete("a.json");

        await one.CrawlAsync();

        var left = await one.TablesAsync();
        left.Count.ShouldBe(tables);
        left.Any(table => table["Parameters"]!["DEPRECATED_BY_CRAWLER"] is not null).ShouldBe(deprecated);

        // When the data returns so does the table.
        await one.PutAsync("a.json", """{"a":1}""");
        await one.CrawlAsync();
        (await one.TablesAsync()).ShouldHaveSingleItem()["Parameters"]!["DEPRECATED_BY_CRAWLER"].ShouldBeNull();
    }

    [Fact]
    public async Task Crawl_WherePartitionsAreGone_DeletesThemIfItMay()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("d=1/a.json", """{"a":1}""");
        await one.PutAsync("d=2/a.json", """{"a":1}""");
        await one.CreateAsync("""{"SchemaChangePolicy":{"UpdateBehavior":"UPDATE_IN_DATABASE","DeleteBehavior":"DELETE_FROM_DATABASE"} }""");
        await one.CrawlAsync();
        one.Delete("d=1/a.json");

        await one.CrawlAsync();

        (await one.PartitionsAsync(one.Folder)).ShouldBe(["2"]);
        one.LastCounts().PartitionsDeleted.ShouldBe(1);
    }

    [Fact]
    public async Task Crawl_OfNewFoldersOnly_AddsThemAndReadsNoOthers()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("d=1/a.json", """{"a":1,"b":2}""");
        await one.CreateAsync("""{"RecrawlPolicy":{"RecrawlBehavior":"CRAWL_NEW_FOLDERS_ONLY"},"SchemaChangePolicy":{"UpdateBehavior":"LOG","DeleteBehavior":"LOG"} }""");
        await one.CrawlAsync();

        await one.PutAsync("d=1/b.json", """{"zzz":1}""");
        await one.PutAsync("d=2/a.json", """{"a":1,"b":2}""");
        await one.PutAsync("d=3/a.json", """{"other":1}""");
        await one.CrawlAsync();

        (await one.ShapesAsync()).ShouldBe([$"{one.Folder}(a int, b int; d)"]);
        (await one.PartitionsAsync(one.Folder)).ShouldBe(["1", "2"]);
        (await one.LogAsync()).ShouldContain($"INFO : The folder s3://lake/{one.Folder}/d=3/ is not added to table {one.Folder}: its schema differs.");
    }
}
