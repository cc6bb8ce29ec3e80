using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Glue;

public sealed class PartitionTests(PartitionTests.Partitioned cloud) : IClassFixture<PartitionTests.Partitioned>
{
    public sealed class Partitioned : IAsyncLifetime
    {
        public GlueCloud Cloud { get; } = new();

        public async Task InitializeAsync()
        {
            await Cloud.InitializeAsync();
            await Cloud.CallAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"d"} }""");
            await Cloud.CallAsync("AWSGlue.CreateTable", """
                {"DatabaseName":"d","TableInput":{"Name":"t","PartitionKeys":[{"Name":"country","Type":"string"},{"Name":"year","Type":"int"}]}}
                """);
            var inputs = new[] { ("at", "9"), ("at", "10"), ("de", "9"), ("de", "__HIVE_DEFAULT_PARTITION__"), ("fr", "2026") }
                .Select(values => (JsonNode)new JsonObject { ["Values"] = new JsonArray(values.Item1, values.Item2) });
            await Cloud.CallAsync("AWSGlue.BatchCreatePartition", new JsonObject
            {
                ["DatabaseName"] = "d",
                ["TableName"] = "t",
                ["PartitionInputList"] = new JsonArray([.. inputs]),
            }.ToJsonString());
        }

        public Task DisposeAsync() => Cloud.DisposeAsync();
    }

    private const string Null = "__HIVE_DEFAULT_PARTITION__";

    [Theory]
    [InlineData("country = 'at'", "at/10 at/9")]
    [InlineData("COUNTRY='at' AND year > 9", "at/10")]
    [InlineData("year >= 9 and year < 2026", "at/10 at/9 de/9")]
    [InlineData("year = '10'", "at/10")]
    [InlineData("year <> 9", "at/10 fr/2026")]
    [InlineData("year != 9 or country = 'de'", "at/10 de/9 de/" + Null + " fr/2026")]
    [InlineData("(country = 'at' or country = 'fr') and year between 10 and 3000", "at/10 fr/2026")]
    [InlineData("country in ('de', 'fr')", "de/9 de/" + Null + " fr/2026")]
    [InlineData("country not in ('de', 'fr')", "at/10 at/9")]
    [InlineData("country like '%r'", "fr/2026")]
    [InlineData("country not like '_t'", "de/9 de/" + Null + " fr/2026")]
    [InlineData("not country = 'at' and year is not null", "de/9 fr/2026")]
    [InlineData("year is null", "de/" + Null)]
    [InlineData("year not between 10 and 2026", "at/9 de/9")]
    public async Task GetPartitions_ByExpression_ComparesByTheKeysTypes(string expression, string expected)
    {
        var answer = await cloud.Cloud.CallAsync("AWSGlue.GetPartitions",
            new JsonObject { ["DatabaseName"] = "d", ["TableName"] = "t", ["Expression"] = expression }.ToJsonString());

        string.Join(' ', answer["Partitions"]!.AsArray().Select(partition => string.Join('/', partition!["Values"]!.AsArray()))).ShouldBe(expected);
    }

    [Theory]
    [InlineData("country")]
    [InlineData("city = 'x'")]
    [InlineData("country = 'at' and")]
    [InlineData("(country = 'at'")]
    [InlineData("country ~ 'at'")]
    public async Task GetPartitions_ByWhatIsNoExpression_IsRefused(string expression) =>
        (await cloud.Cloud.ErrorAsync("AWSGlue.GetPartitions",
            new JsonObject { ["DatabaseName"] = "d", ["TableName"] = "t", ["Expression"] = expression }.ToJsonString()))
            .ShouldStartWith($"InvalidInputException: Unsupported expression '{expression}'");

    [Fact]
    public async Task Partition_CreatedReadUpdatedAndDeleted_FollowsGluesRules()
    {
        const string values = """["xx","1"]""";
        const string table = """ "DatabaseName":"d","TableName":"t" """;
        await cloud.Cloud.CallAsync("AWSGlue.CreatePartition", $$"""{ {{table}},"PartitionInput":{"Values":{{values}} } }""");
        (await cloud.Cloud.ErrorAsync("AWSGlue.CreatePartition", $$"""{ {{table}},"PartitionInput":{"Values":{{values}} } }"""))
            .ShouldBe("AlreadyExistsException: Partition already exists.");
        (await cloud.Cloud.ErrorAsync("AWSGlue.CreatePartition", $$"""{ {{table}},"PartitionInput":{"Values":["xx"]} }"""))
            .ShouldStartWith("InvalidInputException: The number of partition keys do not match");

        await cloud.Cloud.CallAsync("AWSGlue.UpdatePartition",
            $$"""{ {{table}},"PartitionValueList":{{values}},"PartitionInput":{"Values":["xx","2"],"Parameters":{"n":"1"} } }""");

        (await cloud.Cloud.ErrorAsync("AWSGlue.GetPartition", $$"""{ {{table}},"PartitionValues":{{values}} }"""))
            .ShouldBe("EntityNotFoundException: Cannot find partition.");
        var moved = await cloud.Cloud.CallAsync("AWSGlue.BatchGetPartition", $$"""{ {{table}},"PartitionsToGet":[{"Values":["xx","2"]},{"Values":{{values}} }] }""");
        moved["Partitions"]!.AsArray().ShouldHaveSingleItem()!["Parameters"]!["n"]!.GetValue<string>().ShouldBe("1");
        var deleted = await cloud.Cloud.CallAsync("AWSGlue.BatchDeletePartition", $$"""{ {{table}},"PartitionsToDelete":[{"Values":["xx","2"]},{"Values":{{values}} }] }""");
        deleted["Errors"]!.AsArray().ShouldHaveSingleItem()!["ErrorDetail"]!["ErrorCode"]!.GetValue<string>().ShouldBe("EntityNotFoundException");
    }
}
