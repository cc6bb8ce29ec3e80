using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Tests.Glue;

public sealed class CatalogTests(GlueCloud cloud) : IClassFixture<GlueCloud>
{
    [Fact]
    public async Task Database_NamedInUpperCase_IsFoldedAndFoundInAnyCase()
    {
        await cloud.CallAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"Films","Description":"d"} }""");

        var found = await cloud.CallAsync("AWSGlue.GetDatabase", """{"Name":"FILMS"}""");

        found["Database"]!["Name"]!.GetValue<string>().ShouldBe("films");
        found["Database"]!["CatalogId"]!.GetValue<string>().ShouldBe("000000000000");
        (await cloud.ErrorAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"films"} }"""))
            .ShouldBe("AlreadyExistsException: Database already exists.");
    }

    [Theory]
    [InlineData("GetDatabase", """{"Name":"nowhere"}""", "EntityNotFoundException: Database nowhere not found.")]
    [InlineData("GetTables", """{"DatabaseName":"nowhere"}""", "EntityNotFoundException: Database nowhere not found.")]
    [InlineData("GetDatabase", """{"CatalogId":"111111111111","Name":"x"}""", "EntityNotFoundException: Catalog 111111111111 not found.")]
    [InlineData("CreateDatabase", """{"DatabaseInput":{"Name":"x","FederatedDatabase":{}}}""",
        "SerializationException: DatabaseInput.FederatedDatabase of Glue CreateDatabase is not supported by the local cloud.")]
    public async Task Operation_OnWhatIsNotThere_IsRefusedInGluesWords(string operation, string request, string error) =>
        (await cloud.ErrorAsync($"AWSGlue.{operation}", request)).ShouldBe(error);

    [Fact]
    public async Task Table_UpdatedTwice_KeepsItsVersions()
    {
        await cloud.CallAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"versions"} }""");
        foreach (var (operation, comment) in new[] { ("CreateTable", "a"), ("UpdateTable", "b"), ("UpdateTable", "c") })
            await cloud.CallAsync($"AWSGlue.{operation}", $$"""{"DatabaseName":"versions","TableInput":{"Name":"T","Description":"{{comment}}"} }""");

        var table = (await cloud.CallAsync("AWSGlue.GetTable", """{"DatabaseName":"versions","Name":"t"}"""))["Table"]!;
        var versions = (await cloud.CallAsync("AWSGlue.GetTableVersions", """{"DatabaseName":"versions","TableName":"t"}"""))["TableVersions"]!;
        var first = await cloud.CallAsync("AWSGlue.GetTableVersion", """{"DatabaseName":"versions","TableName":"t","VersionId":"0"}""");

        table["VersionId"]!.GetValue<string>().ShouldBe("2");
        versions.AsArray().Select(version => version!["VersionId"]!.GetValue<string>()).ShouldBe(["2", "1", "0"]);
        first["TableVersion"]!["Table"]!["Description"]!.GetValue<string>().ShouldBe("a");
        (await cloud.ErrorAsync("AWSGlue.GetTable", """{"DatabaseName":"versions","Name":"u"}""")).ShouldBe("EntityNotFoundException: Entity Not Found");
        (await cloud.ErrorAsync("AWSGlue.CreateTable", """{"DatabaseName":"versions","TableInput":{"Name":"t"} }"""))
            .ShouldBe("AlreadyExistsException: Table already exists.");
    }

    [Fact]
    public async Task Tables_ByExpressionAndPage_AreListedInOrder()
    {
        await cloud.CallAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"many"} }""");
        foreach (var name in new[] { "film_c", "film_a", "film_b", "rental" })
            await cloud.CallAsync("AWSGlue.CreateTable", $$"""{"DatabaseName":"many","TableInput":{"Name":"{{name}}"} }""");

        var first = await cloud.CallAsync("AWSGlue.GetTables", """{"DatabaseName":"many","Expression":"film_.*","MaxResults":2}""");
        var second = await cloud.CallAsync("AWSGlue.GetTables",
            $$"""{"DatabaseName":"many","Expression":"film_.*","MaxResults":2,"NextToken":"{{first["NextToken"]}}"}""");

        Names(first).ShouldBe(["film_a", "film_b"]);
        Names(second).ShouldBe(["film_c"]);
        second["NextToken"].ShouldBeNull();

        var deleted = await cloud.CallAsync("AWSGlue.BatchDeleteTable", """{"DatabaseName":"many","TablesToDelete":["film_a","nope"]}""");
        deleted["Errors"]!.AsArray().ShouldHaveSingleItem()!["ErrorDetail"]!["ErrorMessage"]!.GetValue<string>().ShouldBe("Table nope not found.");
    }

    [Fact]
    public async Task Tags_OfADatabase_AreSetRemovedAndRead()
    {
        await cloud.CallAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"tagged"},"Tags":{"a":"1","b":"2"} }""");
        const string arn = "arn:aws:glue:eu-west-1:000000000000:database/tagged";
        await cloud.CallAsync("AWSGlue.TagResource", $$"""{"ResourceArn":"{{arn}}","TagsToAdd":{"c":"3"} }""");
        await cloud.CallAsync("AWSGlue.UntagResource", $$"""{"ResourceArn":"{{arn}}","TagsToRemove":["a"]}""");

        var tags = await cloud.CallAsync("AWSGlue.GetTags", $$"""{"ResourceArn":"{{arn}}"}""");

        tags.ToJsonString().ShouldBe("""{"Tags":{"b":"2","c":"3"}}""");
        (await cloud.ErrorAsync("AWSGlue.GetTags", $$"""{"ResourceArn":"{{arn}}x"}""")).ShouldStartWith("EntityNotFoundException");
    }

    [Fact]
    public async Task Provisioners_OfDatabaseTableAndPartition_MakeWhatTheCatalogServes()
    {
        var call = cloud.Host.Services.GetRequiredService<Callers>().ForClient("test", "eu-west-1");
        var provisioners = cloud.Host.Services.GetServices<IResourceProvisioner>().ToDictionary(provisioner => provisioner.ResourceType);
        var catalog = cloud.Host.Services.GetRequiredService<ICatalog>();

        (await Make("AWS::Glue::Database", """{"CatalogId":"000000000000","DatabaseInput":{"Name":"Stacked"} }""")).PhysicalId.ShouldBe("stacked");
        var table = await Make("AWS::Glue::Table", """
            {"CatalogId":"000000000000","DatabaseName":"stacked","TableInput":{"Name":"events","TableType":"EXTERNAL_TABLE",
             "Parameters":{"projection.enabled":true,"projection.n.digits":3},"PartitionKeys":[{"Name":"day","Type":"date"}],
             "StorageDescriptor":{"Location":"s3://b/events/","Columns":[{"Name":"ID","Type":"int"}],"SerdeInfo":{"SerializationLibrary":"x"}}}}
            """);
        await Make("AWS::Glue::Partition", """
            {"CatalogId":"000000000000","DatabaseName":"stacked","TableName":"events",
             "PartitionInput":{"Values":["2026-11-20"],"StorageDescriptor":{"Location":"s3://b/events/day=2026-11-20/"}}}
            """);

        table.PhysicalId.ShouldBe("events");
        var read = catalog.GetTable(call, "stacked", "events");
        read.Columns.ShouldHaveSingleItem().ShouldBe(new CatalogColumn("id", "int", null));
        read.Parameters.ShouldContain(new KeyValuePair<string, string>("projection.enabled", "true"));
        read.Parameters.ShouldContain(new KeyValuePair<string, string>("projection.n.digits", "3"));
        catalog.ListPartitions(call, "stacked", "events").ShouldHaveSingleItem().Location.ShouldBe("s3://b/events/day=2026-11-20/");

        async Task<Provisioned> Make(string type, string properties) => await provisioners[type].CreateAsync(
            new ProvisionContext(call, "id", "stack", "Logical", type), JsonNode.Parse(properties)!.AsObject());
    }

    private static IEnumerable<string> Names(JsonNode answer) => answer["TableList"]!.AsArray().Select(table => table!["Name"]!.GetValue<string>());
}
