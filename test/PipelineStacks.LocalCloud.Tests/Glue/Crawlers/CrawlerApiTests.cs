using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers;

namespace PipelineStacks.LocalCloud.Tests.Glue.Crawlers;

public sealed class CrawlerApiTests(CrawlerCloud crawlers) : IClassFixture<CrawlerCloud>
{
    [Fact]
    public async Task Crawler_WhileItRuns_TakesNoSecondStartAndCanBeStopped()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("a.json", """{"a":1}""");
        await one.CreateAsync();
        await one.StartAsync();

        (await one.GetAsync())["State"]!.GetValue<string>().ShouldBe("RUNNING");
        (await ErrorAsync("StartCrawler", one)).ShouldBe($"CrawlerRunningException: Crawler with name {one.Folder} has already started");
        (await ErrorAsync("DeleteCrawler", one)).ShouldStartWith("CrawlerRunningException");
        await crawlers.Cloud.JsonAsync("AWSGlue.StopCrawler", Named(one));
        (await one.GetAsync())["State"]!.GetValue<string>().ShouldBe("STOPPING");
        (await ErrorAsync("StopCrawler", one)).ShouldStartWith("CrawlerStoppingException");

        await crawlers.Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await one.GetAsync())["LastCrawl"]!["Status"]!.GetValue<string>().ShouldBe("CANCELLED");
        (await one.TablesAsync()).ShouldBeEmpty();
        (await ErrorAsync("StopCrawler", one)).ShouldStartWith("CrawlerNotRunningException");
        var crawl = (await crawlers.Cloud.JsonAsync("AWSGlue.ListCrawls", $$"""{"CrawlerName":"{{one.Folder}}"}"""))["Crawls"]!.AsArray().ShouldHaveSingleItem()!;
        crawl["State"]!.GetValue<string>().ShouldBe("STOPPED");
    }

    [Fact]
    public async Task Crawls_OfACrawler_AreListedFilteredAndMeasured()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("d=1/a.json", """{"a":1}""");
        await one.CreateAsync();
        await one.CrawlAsync();
        await one.PutAsync("d=2/a.json", """{"a":1}""");
        await one.CrawlAsync();

        var all = (await crawlers.Cloud.JsonAsync("AWSGlue.ListCrawls", $$"""{"CrawlerName":"{{one.Folder}}"}"""))["Crawls"]!.AsArray();
        all.Select(crawl => crawl!["Summary"]!.GetValue<string>()).ShouldBe(
        [
            """{"TABLE":{"ADD":0,"UPDATE":1,"DELETE":0},"PARTITION":{"ADD":1,"UPDATE":0,"DELETE":0}}""",
            """{"TABLE":{"ADD":1,"UPDATE":0,"DELETE":0},"PARTITION":{"ADD":1,"UPDATE":0,"DELETE":0}}""",
        ]);
        (await crawlers.Cloud.JsonAsync("AWSGlue.ListCrawls",
            $$"""{"CrawlerName":"{{one.Folder}}","Filters":[{"FieldName":"STATE","FilterOperator":"EQ","FieldValue":"FAILED"}]}"""))["Crawls"]!.AsArray().ShouldBeEmpty();
        var metrics = (await crawlers.Cloud.JsonAsync("AWSGlue.GetCrawlerMetrics", $$"""{"CrawlerNameList":["{{one.Folder}}"]}"""))["CrawlerMetricsList"]![0]!;
        metrics["TablesUpdated"]!.GetValue<int>().ShouldBe(1);
        metrics["LastRuntimeSeconds"]!.GetValue<double>().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Crawler_WithASchedule_CrawlsWhenItIsDue()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("a.json", """{"a":1}""");
        await one.CreateAsync("""{"Schedule":"cron(15 12 * * ? *)"}""");
        (await one.GetAsync())["Schedule"]!.ToJsonString().ShouldBe("""{"ScheduleExpression":"cron(15 12 * * ? *)","State":"SCHEDULED"}""");

        await crawlers.Cloud.AdvanceAsync(TimeSpan.FromDays(2));
        Runs(one).Count.ShouldBe(2);
        Runs(one).ShouldAllBe(run => run.StartedOn.Hour == 12 && run.StartedOn.Minute == 15);

        await crawlers.Cloud.JsonAsync("AWSGlue.StopCrawlerSchedule", $$"""{"CrawlerName":"{{one.Folder}}"}""");
        await crawlers.Cloud.AdvanceAsync(TimeSpan.FromDays(1));
        Runs(one).Count.ShouldBe(2);

        await crawlers.Cloud.JsonAsync("AWSGlue.UpdateCrawlerSchedule", $$"""{"CrawlerName":"{{one.Folder}}","Schedule":"cron(0 * * * ? *)"}""");
        await crawlers.Cloud.AdvanceAsync(TimeSpan.FromHours(3));
        Runs(one).Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("""{"Schedule":"every day"}""", "InvalidInputException: The schedule every day is not valid.")]
    [InlineData("""{"SchemaChangePolicy":{"UpdateBehavior":"DROP"} }""", "InvalidInputException: UpdateBehavior is DROP and can be LOG or UPDATE_IN_DATABASE.")]
    [InlineData("""{"RecrawlPolicy":{"RecrawlBehavior":"CRAWL_NEW_FOLDERS_ONLY"} }""",
        "InvalidInputException: The SchemaChangePolicy for 'Crawl new folders only' Amazon S3 target can have only LOG DeleteBehavior value and LOG UpdateBehavior value.")]
    [InlineData("""{"RecrawlPolicy":{"RecrawlBehavior":"CRAWL_EVENT_MODE"} }""", "NotImplementedByLocalCloud: CRAWL_EVENT_MODE")]
    [InlineData("""{"Targets":{"JdbcTargets":[{"Path":"x"}]} }""", "NotImplementedByLocalCloud: JdbcTargets of a Glue crawler")]
    [InlineData("""{"Targets":{"S3Targets":[]},"Role":""}""", "InvalidInputException: Role is required. Targets must hold at least one S3 target.")]
    [InlineData("""{"Targets":{"S3Targets":[{"Path":"/x","SampleSize":999}]} }""", "InvalidInputException: The path /x of an S3 target is not of the form s3://bucket/prefix. SampleSize is 999")]
    [InlineData("""{"Configuration":"{\"Version\":2,\"Grouping\":{\"TableLevelConfiguration\":0}}"}""",
        "InvalidInputException: The crawler's Configuration is not valid: Version must be 1.0. Grouping.TableLevelConfiguration must be at least 1, which is the bucket.")]
    [InlineData("""{"Configuration":"{\"Version\":1.0,\"Grouing\":{}}"}""", "InvalidInputException: ")]
    [InlineData("""{"Classifiers":["nobody"]}""", "EntityNotFoundException: Classifier nobody not found.")]
    public async Task CreateCrawler_OfWhatIsWrongOrUnsupported_SaysSo(string settings, string message)
    {
        var one = await crawlers.NewCaseAsync();
        var request = JsonNode.Parse(settings)!.AsObject();
        request["Name"] = one.Folder;
        request["Role"] ??= "role";
        request["DatabaseName"] = one.Database;
        request["Targets"] ??= JsonNode.Parse("""{"S3Targets":[{"Path":"s3://lake/x/"}]}""");

        (await crawlers.Cloud.JsonErrorAsync("AWSGlue.CreateCrawler", request.ToJsonString())).ShouldStartWith(message);
    }

    [Fact]
    public async Task Crawler_UpdatedTaggedAndDeleted_IsAsTheCallsSay()
    {
        var one = await crawlers.NewCaseAsync();
        await one.CreateAsync("""{"Tags":{"team":"data"},"Description":"before"}""");
        var request = Named(one);

        await crawlers.Cloud.JsonAsync("AWSGlue.UpdateCrawler", $$"""{"Name":"{{one.Folder}}","Description":"after","Schedule":"cron(0 1 * * ? *)"}""");

        var crawler = await one.GetAsync();
        crawler["Description"]!.GetValue<string>().ShouldBe("after");
        crawler["Version"]!.GetValue<int>().ShouldBe(2);
        crawler["SchemaChangePolicy"]!.ToJsonString().ShouldBe("""{"UpdateBehavior":"UPDATE_IN_DATABASE","DeleteBehavior":"DEPRECATE_IN_DATABASE"}""");
        (await crawlers.Cloud.JsonAsync("AWSGlue.ListCrawlers", """{"Tags":{"team":"data"}}"""))["CrawlerNames"]!.AsArray().Count.ShouldBe(1);
        (await crawlers.Cloud.JsonAsync("AWSGlue.GetTags", $$"""{"ResourceArn":"arn:aws:glue:eu-west-1:000000000000:crawler/{{one.Folder}}"}"""))["Tags"]!["team"]!
            .GetValue<string>().ShouldBe("data");
        (await crawlers.Cloud.JsonErrorAsync("AWSGlue.CreateCrawler", $$$"""{"Name":"{{{one.Folder}}}","Role":"r","DatabaseName":"d","Targets":{"S3Targets":[{"Path":"s3://b/"}]} }"""))
            .ShouldBe($"AlreadyExistsException: {one.Folder} already exists");
        await crawlers.Cloud.JsonAsync("AWSGlue.DeleteCrawler", request);
        (await crawlers.Cloud.JsonErrorAsync("AWSGlue.GetCrawler", request)).ShouldBe($"EntityNotFoundException: Crawler entry with name {one.Folder} does not exist");
    }

    [Fact]
    public async Task Classifier_OfACustomDelimiter_IsTriedFirst()
    {
        var one = await crawlers.NewCaseAsync();
        await crawlers.Cloud.JsonAsync("AWSGlue.CreateClassifier", """{"CsvClassifier":{"Name":"tilde","Delimiter":"~","ContainsHeader":"ABSENT","Header":["x","y"]}}""");
        await one.PutAsync("a.txt", "1~2,3\n4~5,6\n");
        await one.CreateAsync("""{"Classifiers":["tilde"]}""");

        await one.CrawlAsync();

        (await one.ShapesAsync()).ShouldBe([$"{one.Folder}(x bigint, y string)"]);
        (await crawlers.Cloud.JsonErrorAsync("AWSGlue.CreateClassifier", """{"GrokClassifier":{"Name":"g","Classification":"c","GrokPattern":"p"}}"""))
            .ShouldBe("NotImplementedByLocalCloud: GrokClassifier of Glue is not supported by the local cloud.");
        (await crawlers.Cloud.JsonErrorAsync("AWSGlue.CreateClassifier", """{"CsvClassifier":{"Name":"c","Delimiter":"::","ContainsHeader":"MAYBE"}}"""))
            .ShouldBe("InvalidInputException: Delimiter is '::' and must be one character. ContainsHeader is MAYBE and can be UNKNOWN, PRESENT or ABSENT.");
    }

    [Fact]
    public async Task Crawl_ToItsEnd_IsToldToEventBridge()
    {
        var one = await crawlers.NewCaseAsync();
        await one.PutAsync("a.json", """{"a":1}""");
        await one.CreateAsync();
        await one.CrawlAsync();

        var events = crawlers.Cloud.Get<EventJournal>().Read().Select(line => JsonNode.Parse(line)!)
            .Where(published => published["source"]!.GetValue<string>() == "aws.glue" && published["detail"]!["crawlerName"]?.GetValue<string>() == one.Folder).ToList();

        events.Select(published => published["detail"]!["state"]!.GetValue<string>()).ShouldBe(["Started", "Succeeded"]);
        events[1]["detail"]!["tablesCreated"]!.GetValue<string>().ShouldBe("1");
    }

    [Fact]
    public async Task Crawl_ThatTheCloudsEndInterrupted_EndsAfterTheRestart()
    {
        var folder = Directory.CreateTempSubdirectory("crawls-").FullName;
        var cloud = new TestCloud { DataDirectory = folder };
        await cloud.InitializeAsync();
        await CrawlerCloud.MakeBucketAsync(cloud);
        await cloud.JsonAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"d"} }""");
        var one = new CrawlerCloud.Case(cloud, "logs", "d");
        await one.PutAsync("a.json", """{"a":1}""");
        await one.CreateAsync("""{"Schedule":"cron(0 3 * * ? *)"}""");
        await one.StartAsync();
        var id = cloud.Get<CrawlerState>().Runs.All.Single().Value.CrawlId;

        await cloud.RestartAsync();
        (await one.GetAsync())["State"]!.GetValue<string>().ShouldBe("RUNNING");
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

        (await one.ShapesAsync()).ShouldBe(["logs(a int)"]);
        cloud.Get<ICrawlerRuns>().Find(TestCloud.Account, TestCloud.Region, id).ShouldNotBeNull().State.ShouldBe("SUCCEEDED");
        await cloud.AdvanceAsync(TimeSpan.FromDays(1));
        cloud.Get<CrawlerState>().Runs.All.Count().ShouldBe(2);
        await cloud.DisposeAsync();
    }

    [Fact]
    public async Task Provisioners_OfCrawlerAndClassifier_MakeUpdateAndDelete()
    {
        var cloud = crawlers.Cloud;
        await cloud.ProvisionAsync("AWS::Glue::Classifier", """{"JsonClassifier":{"Name":"stack-json","JsonPath":"$[*]"}}""");
        var properties = JsonNode.Parse("""
            {"Name":"stack-crawler","Role":"arn:aws:iam::000000000000:role/r","DatabaseName":"d","TablePrefix":"p_","Classifiers":["stack-json"],
             "Targets":{"S3Targets":[{"Path":"s3://lake/x/"}]},"Schedule":{"ScheduleExpression":"cron(0 1 * * ? *)"},"Tags":{"a":"b"}}
            """)!.AsObject();
        var provisioner = cloud.Provisioner("AWS::Glue::Crawler");
        var context = cloud.Context("AWS::Glue::Crawler");

        (await provisioner.CreateAsync(context, properties)).PhysicalId.ShouldBe("stack-crawler");
        var after = properties.DeepClone().AsObject();
        after.Remove("Schedule");
        after.Remove("TablePrefix");
        provisioner.NeedsReplacement(context, properties, after).ShouldBeFalse();
        await provisioner.UpdateAsync(context, "stack-crawler", properties, after);

        var crawler = cloud.Get<CrawlerState>().Find(cloud.Call, "stack-crawler");
        crawler.Schedule.ShouldBeNull();
        crawler.TablePrefix.ShouldBe("");
        await provisioner.DeleteAsync(context, "stack-crawler", after);
        await cloud.Provisioner("AWS::Glue::Classifier").DeleteAsync(cloud.Context("AWS::Glue::Classifier"), "stack-json", JsonNode.Parse("""{"JsonClassifier":{"JsonPath":"$"}}""")!.AsObject());
        cloud.Get<CrawlerState>().Exists(cloud.Call, "stack-crawler").ShouldBeFalse();
    }

    private static string Named(CrawlerCloud.Case one) => $$"""{"Name":"{{one.Folder}}"}""";

    private Task<string> ErrorAsync(string operation, CrawlerCloud.Case one) => crawlers.Cloud.JsonErrorAsync($"AWSGlue.{operation}", Named(one));

    private IReadOnlyList<CrawlRun> Runs(CrawlerCloud.Case one) => crawlers.Cloud.Get<CrawlerState>().RunsOf(TestCloud.Account, TestCloud.Region, one.Folder);
}
