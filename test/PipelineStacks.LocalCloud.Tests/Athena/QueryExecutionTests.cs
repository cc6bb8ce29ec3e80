using System.Text;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Athena;

public sealed class QueryExecutionTests(AthenaCloud cloud) : IClassFixture<AthenaCloud>
{
    [Fact]
    public async Task Result_InTheBucket_IsQuotedCsv()
    {
        var query = await cloud.RunAsync("SELECT 1 AS a, CAST(NULL AS varchar) AS b, 'x\"y' AS c, '' AS d");

        var location = query["ResultConfiguration"]!["OutputLocation"]!.GetValue<string>();
        location.ShouldBe($"s3://lake/results/{query["QueryExecutionId"]}.csv");
        var stored = cloud.Store.Get(cloud.Call, "lake", location["s3://lake/".Length..]);
        (await File.ReadAllTextAsync(stored.File, Encoding.UTF8)).ShouldBe("\"a\",\"b\",\"c\",\"d\"\n\"1\",,\"x\"\"y\",\"\"\n");
        query["Status"]!["CompletionDateTime"].ShouldNotBeNull();
        query["EngineVersion"]!["EffectiveEngineVersion"]!.GetValue<string>().ShouldBe("Athena engine version 3");
    }

    [Fact]
    public async Task Results_LongerThanAPage_ComeInPagesWithOneHeader()
    {
        var id = (await cloud.RunAsync("SELECT x FROM UNNEST(sequence(1, 25)) AS t(x)"))["QueryExecutionId"]!.GetValue<string>();
        var rows = new List<string>();
        string? token = null;
        var pages = 0;
        do
        {
            var request = new JsonObject { ["QueryExecutionId"] = id, ["MaxResults"] = 10 };
            if (token is not null)
                request["NextToken"] = token;
            var page = await cloud.CallAsync("AmazonAthena.GetQueryResults", request);
            rows.AddRange(page["ResultSet"]!["Rows"]!.AsArray().Select(row => row!["Data"]![0]!["VarCharValue"]!.GetValue<string>()));
            token = page["NextToken"]?.GetValue<string>();
            pages++;
        }
        while (token is not null);

        pages.ShouldBe(3);
        rows.ShouldBe(["x", .. Enumerable.Range(1, 25).Select(i => $"{i}")]);
    }

    [Fact]
    public async Task Start_WithTheSameToken_StartsOnce()
    {
        var request = AthenaCloud.Request("SELECT 1");
        request["ClientRequestToken"] = "0123456789-0123456789-0123456789";
        var first = await cloud.CallAsync("AmazonAthena.StartQueryExecution", request);
        var second = await cloud.CallAsync("AmazonAthena.StartQueryExecution", request);
        request["QueryString"] = "SELECT 2";

        second["QueryExecutionId"]!.GetValue<string>().ShouldBe(first["QueryExecutionId"]!.GetValue<string>());
        (await cloud.ErrorAsync("AmazonAthena.StartQueryExecution", request)).ShouldBe("InvalidRequestException: Idempotent parameters do not match");
    }

    [Fact]
    public async Task Start_WithoutAnOutputLocation_IsRefused()
    {
        (await cloud.ErrorAsync("AmazonAthena.StartQueryExecution", new() { ["QueryString"] = "SELECT 1" })).ShouldBe(
            "InvalidRequestException: No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.");
        var nowhere = AthenaCloud.Request("SELECT 1");
        nowhere["ResultConfiguration"]!["OutputLocation"] = "s3://nobucket/x/";
        (await cloud.ErrorAsync("AmazonAthena.StartQueryExecution", nowhere)).ShouldBe("InvalidRequestException: Unable to verify/create output bucket nobucket");
    }

    [Fact]
    public async Task Stop_OfARunningQuery_CancelsIt()
    {
        var id = await cloud.StartAsync("SELECT count(*) FROM UNNEST(sequence(1, 100000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 100000)) AS b(y) WHERE x * y % 7 = 3 AND sqrt(x + y) > 2");
        await cloud.CallAsync("AmazonAthena.StopQueryExecution", new() { ["QueryExecutionId"] = id });

        var query = await cloud.EndAsync(id);

        query["Status"]!["State"]!.GetValue<string>().ShouldBe("CANCELLED");
        (await cloud.ErrorAsync("AmazonAthena.GetQueryResults", new() { ["QueryExecutionId"] = id }))
            .ShouldBe("InvalidRequestException: Query did not finish successfully. Final query state: CANCELLED");
    }

    [Fact]
    public async Task WorkGroup_ThatEnforcesItsSettings_OverridesTheClient()
    {
        await cloud.CallAsync("AmazonAthena.CreateWorkGroup", new()
        {
            ["Name"] = "strict",
            ["Configuration"] = new JsonObject
            {
                ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = "s3://lake/strict" },
                ["BytesScannedCutoffPerQuery"] = 10_000_000,
            },
        });
        var request = AthenaCloud.Request("SELECT 1");
        request["WorkGroup"] = "strict";
        var started = await cloud.CallAsync("AmazonAthena.StartQueryExecution", request);
        var query = await cloud.EndAsync(started["QueryExecutionId"]!.GetValue<string>());

        query["ResultConfiguration"]!["OutputLocation"]!.GetValue<string>().ShouldBe($"s3://lake/strict/{query["QueryExecutionId"]}.csv");
        (await cloud.CallAsync("AmazonAthena.ListQueryExecutions", new() { ["WorkGroup"] = "strict" }))["QueryExecutionIds"]!.AsArray().Count.ShouldBe(1);
        (await cloud.ErrorAsync("AmazonAthena.DeleteWorkGroup", new() { ["WorkGroup"] = "strict" })).ShouldBe("InvalidRequestException: WorkGroup strict is not empty");
        await cloud.CallAsync("AmazonAthena.DeleteWorkGroup", new() { ["WorkGroup"] = "strict", ["RecursiveDeleteOption"] = true });
        (await cloud.ErrorAsync("AmazonAthena.GetWorkGroup", new() { ["WorkGroup"] = "strict" })).ShouldBe("InvalidRequestException: WorkGroup strict is not found.");
    }

    [Fact]
    public async Task Query_OverTheCutoff_IsCancelled()
    {
        await cloud.PutAsync("big/a.json", new string(' ', 10_000_001));
        await cloud.TableAsync("big", "a int", "big/", "org.openx.data.jsonserde.JsonSerDe");
        await cloud.CallAsync("AmazonAthena.CreateWorkGroup", new()
        {
            ["Name"] = "small",
            ["Configuration"] = new JsonObject
            {
                ["ResultConfiguration"] = new JsonObject { ["OutputLocation"] = AthenaCloud.Output },
                ["BytesScannedCutoffPerQuery"] = 10_000_000,
            },
        });
        var request = AthenaCloud.Request("SELECT count(*) FROM big");
        request["WorkGroup"] = "small";

        var query = await cloud.EndAsync((await cloud.CallAsync("AmazonAthena.StartQueryExecution", request))["QueryExecutionId"]!.GetValue<string>());

        query["Status"]!["State"]!.GetValue<string>().ShouldBe("CANCELLED");
        query["Status"]!["StateChangeReason"]!.GetValue<string>().ShouldBe("Query cancelled! : Bytes scanned limit was exceeded");
    }

    [Fact]
    public async Task NamedQuery_CreatedUpdatedAndDeleted_IsListedByWorkGroup()
    {
        var made = await cloud.CallAsync("AmazonAthena.CreateNamedQuery", new() { ["Name"] = "n", ["Database"] = "films", ["QueryString"] = "SELECT 1" });
        var id = made["NamedQueryId"]!.GetValue<string>();
        await cloud.CallAsync("AmazonAthena.UpdateNamedQuery", new() { ["NamedQueryId"] = id, ["Name"] = "m", ["QueryString"] = "SELECT 2" });

        var batch = await cloud.CallAsync("AmazonAthena.BatchGetNamedQuery", new() { ["NamedQueryIds"] = new JsonArray(id, "nope") });
        batch["NamedQueries"]![0]!["QueryString"]!.GetValue<string>().ShouldBe("SELECT 2");
        batch["UnprocessedNamedQueryIds"]![0]!["NamedQueryId"]!.GetValue<string>().ShouldBe("nope");
        (await cloud.CallAsync("AmazonAthena.ListNamedQueries", new()))["NamedQueryIds"]!.AsArray().Select(item => item!.GetValue<string>()).ShouldContain(id);
        await cloud.CallAsync("AmazonAthena.DeleteNamedQuery", new() { ["NamedQueryId"] = id });
        (await cloud.ErrorAsync("AmazonAthena.GetNamedQuery", new() { ["NamedQueryId"] = id })).ShouldBe($"InvalidRequestException: NamedQuery {id} was not found");
    }

    [Fact]
    public async Task PreparedStatement_Executed_TakesItsValues()
    {
        await cloud.CallAsync("AmazonAthena.CreatePreparedStatement", new()
        {
            ["StatementName"] = "added",
            ["WorkGroup"] = "primary",
            ["QueryStatement"] = "SELECT ? + ?",
        });

        (await cloud.RowsAsync("EXECUTE added USING 1, (2 + 3)")).ShouldBe(["6"]);
        (await cloud.ErrorAsync("AmazonAthena.StartQueryExecution", AthenaCloud.Request("EXECUTE missing")))
            .ShouldBe("ResourceNotFoundException: PreparedStatement missing was not found in workGroup primary");
    }

    [Fact]
    public async Task Catalog_ThroughAthenasOwnOperations_IsGlues()
    {
        await cloud.TableAsync("meta", "a int", "meta/", "org.openx.data.jsonserde.JsonSerDe", "d date");
        var table = await cloud.CallAsync("AmazonAthena.GetTableMetadata", new() { ["CatalogName"] = "AwsDataCatalog", ["DatabaseName"] = "films", ["TableName"] = "meta" });
        table["TableMetadata"]!["PartitionKeys"]![0]!["Name"]!.GetValue<string>().ShouldBe("d");
        table["TableMetadata"]!["Parameters"]!["serde.serialization.lib"]!.GetValue<string>().ShouldBe("org.openx.data.jsonserde.JsonSerDe");
        (await cloud.CallAsync("AmazonAthena.ListDatabases", new() { ["CatalogName"] = "AwsDataCatalog" }))["DatabaseList"]![0]!["Name"]!.GetValue<string>().ShouldBe("films");
    }
}
