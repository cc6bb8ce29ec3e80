namespace PipelineStacks.LocalCloud.Tests.Glue.Crawlers;

public sealed class CrawlTests(CrawlerCloud crawlers) : IClassFixture<CrawlerCloud>
{
    [Fact]
    public async Task Crawl_OfCsv_WritesTheTableAsGlueDoes()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("a.csv", "id,name\n1,Ann\n2,Bob\n");
        await one.PutAsync("b.csv", "id,name\n3,Cid\n");
        await one.PutAsync("_SUCCESS", "x");
        await one.CreateAsync("""{"TablePrefix":"raw_"}""");

        await one.CrawlAsync();

        var table = (await one.TablesAsync()).ShouldHaveSingleItem();
        CrawlerCloud.Case.Shape(table).ShouldBe($"raw_{one.Folder}(id bigint, name string)");
        table["TableType"]!.GetValue<string>().ShouldBe("EXTERNAL_TABLE");
        table["StorageDescriptor"]!["Location"]!.GetValue<string>().ShouldBe($"s3://lake/{one.Folder}/");
        table["StorageDescriptor"]!["SerdeInfo"]!.ToJsonString().ShouldBe(
            """{"SerializationLibrary":"org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe","Parameters":{"field.delim":","}}""");
        table["Parameters"]!.ToJsonString().ShouldBe(
            """{"CrawlerSchemaDeserializerVersion":"1.0","CrawlerSchemaSerializerVersion":"1.0","UPDATED_BY_CRAWLER":"NAME","areColumnsQuoted":"false","averageRecordSize":"11","classification":"csv","columnsOrdered":"true","compressionType":"none","delimiter":",","objectCount":"2","recordCount":"3","sizeKey":"34","skip.header.line.count":"1","typeOfData":"file"}"""
                .Replace("NAME", one.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crawl_OfKeyValueFolders_MakesPartitions()
    {
        var one = await crawlers.NewCaseAsync();
        foreach (var day in (string[])["2026-11-19", "2026-11-20"])
            foreach (var hour in (string[])["00", "01"])
                await one.PutAsync($"play_logs/day={day}/hour={hour}/1.json", """{"player":1,"at":"2026-11-20T10:00:00Z"}""");
        await one.CreateAsync(target: $$"""{"Path":"s3://lake/{{one.Folder}}/play_logs"}""");

        await one.CrawlAsync();

        (await one.ShapesAsync()).ShouldBe(["play_logs(player int, at string; day, hour)"]);
        (await one.PartitionsAsync("play_logs")).ShouldBe(["2026-11-19/00", "2026-11-19/01", "2026-11-20/00", "2026-11-20/01"]);
        one.LastCounts().PartitionsCreated.ShouldBe(4);
    }

    [Theory]
    // Positional keys; names where every folder of a level has them.
    [InlineData("t/2026/11/a.json: {\"a\":1};t/2026/12/a.json: {\"a\":2}", "t(a int; partition_0, partition_1)")]
    [InlineData("t/y=1/x/a.json: {\"a\":1};t/y=2/z/a.json: {\"a\":2}", "t(a int; y, partition_1)")]
    // A column more or another type: one table with the merged schema.
    [InlineData("t/d=1/a.json: {\"a\":1,\"b\":1};t/d=2/a.json: {\"a\":1.5,\"b\":1,\"c\":\"x\"}", "t(a double, b int, c string; d)")]
    // AWS's own example: schemas that are not similar make tables of their own.
    [InlineData("t/year=2017/a.json: {\"A\":1,\"B\":2};t/year=2018/a.json: {\"C\":3,\"D\":4}", "year_2017(a int, b int)|year_2018(c int, d int)")]
    // Another format among its like: a table apart.
    [InlineData("t/d=1/a.json: {\"a\":1};t/d=2/a.json: {\"a\":1};t/d=3/a.csv: a,b\n1,2", "d_3(a bigint, b bigint)|t(a int; d)")]
    // Folders of other depths don't go together.
    [InlineData("t/a/x/1.json: {\"a\":1};t/b/1.json: {\"a\":1}", "a(a int; partition_0)|b(a int)")]
    // Files beside folders.
    [InlineData("t/1.json: {\"a\":1};t/b/1.json: {\"a\":1}", "b(a int)|t(a int)")]
    // Files of one folder that don't go together.
    [InlineData("t/1.json: {\"a\":1};t/2.csv: x,y\n1,2", "1_json(a int)|2_csv(x bigint, y bigint)")]
    // Two folders of the same name.
    [InlineData("t/a/z/1.json: {\"a\":1};t/b/z/1.json: {\"b\":1}", "a(a int; partition_0)|b(b int; partition_0)")]
    public async Task Crawl_OfATree_MakesTablesAndPartitionsBySimilarity(string files, string expected)
    {
        var one = await crawlers.NewCaseAsync();
        foreach (var file in files.Split(';').Select(file => file.Split(": ", 2)))
            await one.PutAsync(file[0], file[1]);
        await one.CreateAsync(target: $$"""{"Path":"s3://lake/{{one.Folder}}/t/"}""");

        await one.CrawlAsync();

        string.Join('|', await one.ShapesAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task Crawl_CombiningCompatibleSchemas_MakesOneTable()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("t/year=2017/a.json", """{"A":1,"B":2}""");
        await one.PutAsync("t/year=2018/a.json", """{"C":3,"D":4}""");
        await one.CreateAsync("""{"Configuration":"{\"Version\":1.0,\"Grouping\":{\"TableGroupingPolicy\":\"CombineCompatibleSchemas\"}}"}""",
            $$"""{"Path":"s3://lake/{{one.Folder}}/t/"}""");

        await one.CrawlAsync();

        (await one.ShapesAsync()).ShouldBe(["t(a int, b int, c int, d int; year)"]);
    }

    [Fact]
    public async Task Crawl_WithATableLevel_MakesTablesThere()
    {
        var one = await crawlers.NewCaseAsync();
        foreach (var table in (string[])["a", "b"])
            await one.PutAsync($"{table}/2026/11/1.json", """{"x":1}""");
        // The bucket is level 1, the case's folder 2.
        await one.CreateAsync("""{"Configuration":"{\"Version\":1.0,\"Grouping\":{\"TableLevelConfiguration\":3}}"}""");

        await one.CrawlAsync();

        (await one.ShapesAsync()).ShouldBe(["a(x int; partition_0, partition_1)", "b(x int; partition_0, partition_1)"]);
    }

    [Fact]
    public async Task Crawl_OfParquet_HasItsTypesAndAthenaReadsIt()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutParquetAsync("day=1/a.parquet",
            "SELECT 1::INTEGER AS \"Id\", 'x' AS name, 1.5::DECIMAL(10,2) AS price, TIMESTAMP '2026-11-20 10:00:00' AS at, [1,2]::BIGINT[] AS list, {'a': 1, 'b': 'x'} AS row");
        await one.CreateAsync();

        await one.CrawlAsync();

        (await one.ShapesAsync()).ShouldBe([$"{one.Folder}(id int, name string, price decimal(10,2), at timestamp, list array<bigint>, row struct<a:int,b:string>; day)"]);
        var table = (await one.TablesAsync())[0];
        table["Parameters"]!["recordCount"]!.GetValue<string>().ShouldBe("1");
        table["StorageDescriptor"]!["SerdeInfo"]!["SerializationLibrary"]!.GetValue<string>().ShouldEndWith("ParquetHiveSerDe");
    }

    [Fact]
    public async Task Crawl_WithInheritingPartitions_GivesThemTheTablesColumns()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("d=1/a.json", """{"a":1,"b":2}""");
        await one.PutAsync("d=2/a.json", """{"a":1,"b":2,"c":3}""");
        await one.CreateAsync("""{"Configuration":"{\"Version\":1.0,\"CrawlerOutput\":{\"Partitions\":{\"AddOrUpdateBehavior\":\"InheritFromTable\"}}}"}""");

        await one.CrawlAsync();

        var partitions = (await crawlers.Cloud.JsonAsync("AWSGlue.GetPartitions", $$"""{"DatabaseName":"{{one.Database}}","TableName":"{{one.Folder}}"}"""))["Partitions"]!.AsArray();
        partitions.Select(partition => partition!["StorageDescriptor"]!["Columns"]!.AsArray().Count).ShouldBe([3, 3]);
        partitions[0]!["StorageDescriptor"]!["Location"]!.GetValue<string>().ShouldBe($"s3://lake/{one.Folder}/d=1/");
    }

    [Fact]
    public async Task Crawl_WithExclusionsAndASample_ReadsWhatIsLeft()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("a.json", """{"a":1}""");
        await one.PutAsync("b.json", """{"a":1,"b":2}""");
        await one.PutAsync("tmp/x.json", """{"c":1}""");
        await one.PutAsync("notes.md", "# not data");
        await one.CreateAsync(target: """{"Exclusions":["tmp/**","*.md"],"SampleSize":1}""");

        await one.CrawlAsync();

        (await one.ShapesAsync()).ShouldBe([$"{one.Folder}(a int)"]);
        (await one.TablesAsync())[0]["Parameters"]!["objectCount"]!.GetValue<string>().ShouldBe("2");
    }

    [Fact]
    public async Task Crawl_OfAnEmptyPrefix_SucceedsAndSaysSo()
    {
        var one = await crawlers.NewCaseAsync();
        await one.CreateAsync();

        await one.CrawlAsync();

        (await one.TablesAsync()).ShouldBeEmpty();
        (await one.LogAsync()).ShouldBe(
        [
            $"BENCHMARK : Running Start Crawl for Crawler {one.Folder}",
            $"INFO : The S3 location s3://lake/{one.Folder}/ holds no objects to crawl: no table is made for it.",
            $"BENCHMARK : Classification complete, writing results to database {one.Database}",
            "BENCHMARK : Finished writing to Catalog",
            "BENCHMARK : Crawler has finished running and is in state READY",
        ]);
    }

    [Fact]
    public async Task Crawl_OfUnknownFiles_MakesNoTableAndSaysSo()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("readme.txt", "nothing to see");
        await one.CreateAsync();

        await one.CrawlAsync();

        (await one.TablesAsync()).ShouldBeEmpty();
        (await one.LogAsync()).ShouldContain($"INFO : The classification of s3://lake/{one.Folder}/readme.txt is UNKNOWN: no table is made for it.");
    }

    [Theory]
    [InlineData("Obj\u0001x", "is avro, which the local cloud does not classify")]
    [InlineData("ORCx", "is orc, which")]
    [InlineData("<?xml version='1.0'?>", "is xml, which")]
    public async Task Crawl_OfAFormatThatIsNotRead_FailsByItsName(string content, string message)
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("good.json", """{"a":1}""");
        await one.PutAsync("other", content);
        await one.CreateAsync();

        var crawler = await one.CrawlAsync("FAILED");

        crawler["LastCrawl"]!["ErrorMessage"]!.GetValue<string>().ShouldContain(message);
        (await one.TablesAsync()).ShouldBeEmpty();
        (await one.LogAsync()).ShouldContain(line => line.StartsWith("ERROR : s3://lake/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"DatabaseName":"nowhere"}""", "{}", "Database nowhere doesn't exist. Create it before the crawler runs.")]
    [InlineData("{}", """{"Path":"s3://no-such-bucket/x/"}""", "The S3 location s3://no-such-bucket/x/ can't be listed: The specified bucket does not exist (NoSuchBucket)")]
    public async Task Crawl_WithoutItsDatabaseOrBucket_Fails(string settings, string target, string message)
    {
        var one = await crawlers.NewCaseAsync();
        await one.CreateAsync(settings, target);

        (await one.CrawlAsync("FAILED"))["LastCrawl"]!["ErrorMessage"]!.GetValue<string>().ShouldBe(message);
    }

    [Fact]
    public async Task Crawl_OfTwoFoldersOfOneName_HashesTheSecond()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("a/z/1.json", """{"a":1}""");
        await one.PutAsync("b/z/1.json", """{"b":1}""");
        await one.CreateAsync($$$"""{"Targets":{"S3Targets":[{"Path":"s3://lake/{{{one.Folder}}}/a/z/"},{"Path":"s3://lake/{{{one.Folder}}}/b/z/"}]} }""");

        await one.CrawlAsync();

        var names = (await one.TablesAsync()).Select(table => table["Name"]!.GetValue<string>()).ToList();
        names[0].ShouldBe("z");
        names[1].ShouldMatch("^z_[0-9a-f]{32}$");
    }

    [Fact]
    public async Task Crawl_BeyondTheTableThreshold_FailsWithoutWriting()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("a/1.json", """{"a":1}""");
        await one.PutAsync("b/1.csv", "x,y\n1,2\n");
        await one.CreateAsync("""{"Configuration":"{\"Version\":1.0,\"CrawlerOutput\":{\"Tables\":{\"TableThreshold\":1}}}"}""");

        (await one.CrawlAsync("FAILED"))["LastCrawl"]!["ErrorMessage"]!.GetValue<string>().ShouldStartWith("The number of tables detected by crawler: 2 is greater");

        (await one.TablesAsync()).ShouldBeEmpty();
    }
}
