using System.Text.Json.Nodes;
using Amazon.CDK;
using PipelineStacks.Analytics;
using PipelineStacks.Catalog;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using PipelineStacks.Streaming;
using PipelineStacks.Tests.Synthesis;
using Names = PipelineStacks.Model.Names;

namespace PipelineStacks.Tests.Constructs;

[Collection(TemplateTests.Name)]
public sealed class ConstructTests
{
    private static readonly EnvironmentSettings Settings = new() { Name = "test" };

    [Fact]
    public void Constructs_TwoOfEachInOneStack_DoNotClash()
    {
        var app = CdkJson.App();
        var stack = new Stack(app, "Twice");
        foreach (var id in new[] { "One", "Two" })
        {
            var dataset = DatasetCatalog.Find("film_events");
            var key = new DataKey(stack, $"{id}Key", new DataKeyProps { Settings = Settings });
            var logs = new AccessLogs(stack, $"{id}Logs", new AccessLogsProps { Settings = Settings });
            var zone = new Zone(stack, $"{id}Zone", new ZoneProps
            {
                Name = ZoneName.Landing,
                Settings = Settings,
                Lifecycle = Settings.Lifecycle.Landing,
                Key = key,
                AccessLogs = logs,
            });
            var results = new QueryResults(stack, $"{id}Results", new QueryResultsProps { Settings = Settings, Key = key, AccessLogs = logs });
            var database = new ZoneDatabase(stack, $"{id}Database", new ZoneDatabaseProps { Settings = Settings, Zone = zone });
            var tables = new DatasetTables(stack, $"{id}Tables", new DatasetTablesProps
            {
                Dataset = dataset,
                Settings = Settings,
                Landing = database,
                Clean = database,
            });
            var source = new EventStream(stack, $"{id}Stream", new EventStreamProps { Settings = Settings, Key = key });
            new ParquetDelivery(stack, $"{id}Delivery", new ParquetDeliveryProps
            {
                Dataset = dataset,
                Settings = Settings,
                Source = source,
                Table = tables.Landing!,
                Destination = zone,
                Key = key,
            });
            var workGroup = new QueryWorkGroup(stack, $"{id}WorkGroup", new QueryWorkGroupProps { Settings = Settings, Results = results, Key = key });
            new DatasetQueries(stack, $"{id}Queries", new DatasetQueriesProps { Dataset = dataset, WorkGroup = workGroup, Landing = database });
        }

        var template = (Dictionary<string, object>)app.Synth().GetStackByName("Twice").Template;

        var ids = ((Dictionary<string, object>)template["Resources"]).Keys;
        ids.Count(id => id.StartsWith("One", StringComparison.Ordinal)).ShouldBe(ids.Count / 2);
        ids.Count(id => id.StartsWith("Two", StringComparison.Ordinal)).ShouldBe(ids.Count / 2);
    }

    [Fact]
    public void App_WithABadDataset_SaysWhatIsWrongInsteadOfSynthesising()
    {
        var app = CdkJson.App();
        var bad = DatasetCatalog.Find("film_events") with { Key = ["id"] };

        Should.Throw<DatasetException>(() => PipelineApp.Build(app, [Settings], [bad])).Message.ShouldBe("film_events: the key 'id' isn't a column.");
    }

    [Fact]
    public void App_WithASecondDataset_NeedsNothingButItsDefinition()
    {
        var app = CdkJson.App();
        var second = DatasetCatalog.Find("film_events") with { Name = "film_ratings", Pipeline = "film-ratings" };

        var settings = Settings with { Pipelines = ["film-events", "film-ratings"] };

        var templates = Templates.Of(app, [settings], [DatasetCatalog.Find("film_events"), second]);

        var outputs = (JsonObject)templates.Single(template => template.Stack == "streaming").Root["Outputs"]!;
        outputs.Where(output => output.Value!["Export"] is null).Select(output => output.Key).ShouldBe([
            "FilmEventsStreamName", "FilmEventsStreamArn", "FilmEventsDeliveryStreamName",
            "FilmRatingsStreamName", "FilmRatingsStreamArn", "FilmRatingsDeliveryStreamName"]);
    }

    [Fact]
    public void App_ForOneEnvironment_HasOnlyItsStacks()
    {
        var app = CdkJson.App();
        app.Node.SetContext("env", "qa");

        Templates.Of(app).Select(template => template.StackName).Order().ShouldBe(new Names("qa").StacksOf(CdkJson.Settings.Environment("qa")).Order());
    }

    [Fact]
    public void Environment_WithAccountAndRegion_IsBoundToThem()
    {
        var templates = Templates.Of(CdkJson.App("""{"dev":{"account":"123456789012","region":"eu-central-1"}}"""));

        templates.Single(template => template.Stack == "storage").Single("AWS::KMS::Key", "DataKey").ToString().ShouldContain("logs.eu-central-1.amazonaws.com");
    }

    [Theory]
    [InlineData("destroy", null, true)]
    [InlineData("destroy", "true", false)]
    [InlineData("retain", null, false)]
    public void Environment_WithOneKeyOnly_IsToldThatDataStays(string removalPolicy, string? allowDestroy, bool told)
    {
        var app = CdkJson.App($$"""{"dev":{"removalPolicy":"{{removalPolicy}}"} }""", allowDestroy);
        Templates.Of(app);

        var messages = Directory.EnumerateFiles(app.Outdir, "manifest.json", SearchOption.AllDirectories).Select(File.ReadAllText);
        messages.Any(text => text.Contains("Pass -c allowDestroy=true", StringComparison.Ordinal)).ShouldBe(told);
    }
}
