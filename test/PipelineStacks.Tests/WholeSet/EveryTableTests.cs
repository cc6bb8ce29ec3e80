using System.Text.Json.Nodes;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every database, table and query.</summary>
[Collection(TemplateTests.Name)]
public sealed class EveryTableTests(Templates templates)
{
    private IEnumerable<Resource> Partitioned => templates.OfType("AWS::Glue::Table").Where(table => table.At("TableInput.PartitionKeys") is JsonArray { Count: > 0 });

    [Fact]
    public void Databases_AreOnePerZone_UnderTheNameThatQueriesUse()
    {
        foreach (var environment in Templates.Environments)
        {
            templates[environment, "catalog"].OfType("AWS::Glue::Database").Select(database => database.Text("DatabaseInput.Name"))
                .ShouldBe(Enum.GetValues<ZoneName>().Select(new Names(environment).Database), ignoreOrder: true);
        }
    }

    [Fact]
    public void Tables_OfLanding_AreProjected_ForEveryPartitionColumn()
    {
        foreach (var table in Partitioned.Where(table => IsOf(table, ZoneName.Landing)))
        {
            var parameters = (JsonObject)table.At("TableInput.Parameters")!;
            ((string?)parameters["projection.enabled"]).ShouldBe("true");
            var template = Readable.Text(parameters["storage.location.template"]!);
            var location = Readable.Text(table.At("TableInput.StorageDescriptor.Location")!);
            template.ShouldStartWith(location);
            foreach (var name in ((JsonArray)table.At("TableInput.PartitionKeys")!).Select(key => (string)key!["Name"]!))
            {
                parameters.ContainsKey($"projection.{name}.type").ShouldBeTrue();
                template.ShouldContain($"${{{name}}}/");
            }
        }
    }

    [Fact]
    public void Tables_OfCleanAndCurated_HavePartitions_ThatOnlyTheJobsRegister()
    {
        var tables = templates.OfType("AWS::Glue::Table").Where(table => !IsOf(table, ZoneName.Landing)).ToList();

        tables.ShouldNotBeEmpty();
        tables.ShouldAllBe(table => table.At("TableInput.PartitionKeys") is JsonArray && ((JsonArray)table.At("TableInput.PartitionKeys")!).Count == 1);
        tables.ShouldAllBe(table => !((JsonObject)table.At("TableInput.Parameters")!).Any(parameter => parameter.Key.StartsWith("projection", StringComparison.Ordinal)));
        tables.ShouldAllBe(table => table.Text("TableInput.Parameters.classification") == "parquet");
    }

    [Fact]
    public void Tables_OfDatasets_AreCleanAndQuarantine_AndLandingWhereTheSchemaIsOurs()
    {
        foreach (var environment in Templates.Environments)
        {
            var pipelines = CdkJson.Settings.Environment(environment).Pipelines;
            var datasets = DatasetCatalog.All.Where(dataset => pipelines.Contains(dataset.Pipeline)).ToList();
            Of(ZoneName.Clean).ShouldBe(datasets.Select(dataset => dataset.Name), ignoreOrder: true);
            Of(ZoneName.Curated).ShouldBe(CuratedCatalog.Of(pipelines).Select(table => table.Name), ignoreOrder: true);
            Of(ZoneName.Landing).ShouldBe(
                [
                    .. datasets.Where(dataset => dataset.Source is not FileSource).Select(dataset => dataset.Name),
                    .. datasets.Select(dataset => $"{dataset.Name}_quarantine"),
                ],
                ignoreOrder: true);

            IEnumerable<string?> Of(ZoneName zone) =>
                templates[environment, "catalog"].OfType("AWS::Glue::Table").Where(table => IsOf(table, zone)).Select(table => table.Text("TableInput.Name"));
        }
    }

    [Fact]
    public void Tables_ComeAfterTheirDatabase() =>
        templates.OfType("AWS::Glue::Table").ShouldAllBe(table => table.Text("DatabaseName.Ref") != null);

    [Fact]
    public void Tables_SayWhatTheyAndTheirColumnsHold() => templates.OfType("AWS::Glue::Table").ShouldAllBe(table =>
        table.Text("TableInput.Description") != null
        && ((JsonArray)table.At("TableInput.StorageDescriptor.Columns")!).Concat((JsonArray)table.At("TableInput.PartitionKeys")!).All(column => column!["Comment"] != null));

    [Fact]
    public void WorkGroups_EnforceEncryptionAndALimitOnWhatIsScanned()
    {
        foreach (var group in templates.OfType("AWS::Athena::WorkGroup"))
        {
            group.Text("WorkGroupConfiguration.EnforceWorkGroupConfiguration").ShouldBe("true");
            group.Text("WorkGroupConfiguration.EngineVersion.SelectedEngineVersion").ShouldBe("Athena engine version 3");
            group.Text("WorkGroupConfiguration.ResultConfiguration.EncryptionConfiguration.EncryptionOption").ShouldBe("SSE_KMS");
            group.Text("WorkGroupConfiguration.PublishCloudWatchMetricsEnabled").ShouldBe("true");
        }
        templates["dev", "analytics"].OfType("AWS::Athena::WorkGroup").Single().Text("WorkGroupConfiguration.BytesScannedCutoffPerQuery").ShouldBe("10737418240");
    }

    [Fact]
    public void Queries_RunInTheWorkGroup_OnTheTablesOfTheirEnvironment()
    {
        foreach (var query in templates.OfType("AWS::Athena::NamedQuery"))
        {
            query.Text("WorkGroup.Ref").ShouldNotBeNull();
            query.Text("QueryString")!.ShouldContain($"FROM {query.Text("Database")}.");
            query.Text("Database").ShouldBe(new Names(query.StackName.Split('-')[1]).Database(ZoneName.Landing));
        }
    }

    private static bool IsOf(Resource table, ZoneName zone) => table.Text("DatabaseName.Ref")!.StartsWith($"{zone}Database", StringComparison.Ordinal);
}
