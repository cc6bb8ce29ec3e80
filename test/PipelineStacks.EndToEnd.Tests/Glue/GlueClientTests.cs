using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Glue;

public sealed class GlueClientTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Awscli_CreatesATable_AndReadsItAfterAKill()
    {
        (await cloud.AwsAsync("glue", "create-database", "--database-input", "Name=clitest")).Succeeded();
        (await cloud.AwsAsync("glue", "create-table", "--database-name", "clitest", "--table-input", """
            {"Name":"t","PartitionKeys":[{"Name":"d","Type":"date"}],"StorageDescriptor":{"Columns":[{"Name":"a","Type":"int"}],"Location":"s3://b/t/"}}
            """)).Succeeded();
        (await cloud.AwsAsync("glue", "batch-create-partition", "--database-name", "clitest", "--table-name", "t",
            "--partition-input-list", """[{"Values":["2026-11-20"]},{"Values":["2026-11-21"]}]""")).Succeeded();

        await cloud.KillAsync();
        await cloud.StartAsync();

        var table = JsonNode.Parse((await cloud.AwsAsync("glue", "get-table", "--database-name", "clitest", "--name", "t")).Succeeded())!["Table"]!;
        table["StorageDescriptor"]!["Columns"]![0]!["Name"]!.GetValue<string>().ShouldBe("a");
        table["VersionId"]!.GetValue<string>().ShouldBe("0");
        var found = await cloud.AwsAsync("glue", "get-partitions", "--database-name", "clitest", "--table-name", "t",
            "--expression", "d > '2026-11-20'", "--query", "Partitions[].Values[0]", "--output", "text");
        found.Succeeded().Trim().ShouldBe("2026-11-21");
        (await cloud.AwsAsync("glue", "get-table", "--database-name", "clitest", "--name", "nope")).Error
            .ShouldContain("(EntityNotFoundException) when calling the GetTable operation: Entity Not Found");
    }

    [Fact]
    public async Task Boto3_PagesThroughTables_SeesEach() =>
        (await cloud.PythonAsync("""
            glue = client("glue")
            glue.create_database(DatabaseInput={"Name": "paged"})
            for i in range(7):
                glue.create_table(DatabaseName="paged", TableInput={"Name": f"t{i}"})
            pages = glue.get_paginator("get_tables").paginate(DatabaseName="paged", PaginationConfig={"PageSize": 3})
            print(" ".join(table["Name"] for page in pages for table in page["TableList"]))
            try:
                glue.create_database(DatabaseInput={"Name": "PAGED"})
            except glue.exceptions.AlreadyExistsException as error:
                print(error.response["Error"]["Message"])
            """)).Succeeded().Trim().ShouldBe("t0 t1 t2 t3 t4 t5 t6\nDatabase already exists.");
}
