using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Athena;

public sealed class AthenaClientTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Awscli_StartsAQuery_AndReadsItsResults()
    {
        (await cloud.AwsAsync("s3", "mb", "s3://athena-cli")).Succeeded();
        (await cloud.AwsAsync("athena", "create-work-group", "--name", "cli", "--configuration",
            "ResultConfiguration={OutputLocation=s3://athena-cli/results/},EnforceWorkGroupConfiguration=true")).Succeeded();

        var id = (await cloud.AwsAsync("athena", "start-query-execution", "--work-group", "cli", "--query-string",
            "SELECT n, 'x' AS s FROM (VALUES 1, 2) t(n) ORDER BY n", "--query", "QueryExecutionId", "--output", "text")).Succeeded().Trim();
        string state;
        do
        {
            state = (await cloud.AwsAsync("athena", "get-query-execution", "--query-execution-id", id,
                "--query", "QueryExecution.Status.State", "--output", "text")).Succeeded().Trim();
        }
        while (state is "QUEUED" or "RUNNING");

        state.ShouldBe("SUCCEEDED");
        var results = JsonNode.Parse((await cloud.AwsAsync("athena", "get-query-results", "--query-execution-id", id)).Succeeded())!;
        results["ResultSet"]!["Rows"]!.AsArray().Select(row => string.Join(',', row!["Data"]!.AsArray().Select(value => value!["VarCharValue"])))
            .ShouldBe(["n,s", "1,x", "2,x"]);
        (await cloud.AwsAsync("s3", "cp", $"s3://athena-cli/results/{id}.csv", "-")).Succeeded().ShouldBe("\"n\",\"s\"\n\"1\",\"x\"\n\"2\",\"x\"\n");
        (await cloud.AwsAsync("athena", "start-query-execution", "--query-string", "SELECT 1")).Error.ShouldContain("No output location provided");
    }

    [Fact]
    public async Task Boto3_MakesATableAndAsksIt_AfterAKillToo()
    {
        const string ask = """
            import time
            athena = client("athena")
            def run(sql, **more):
                id = athena.start_query_execution(QueryString=sql, QueryExecutionContext={"Database": "boto"},
                    ResultConfiguration={"OutputLocation": "s3://athena-boto/results/"}, **more)["QueryExecutionId"]
                while True:
                    query = athena.get_query_execution(QueryExecutionId=id)["QueryExecution"]
                    if query["Status"]["State"] not in ("QUEUED", "RUNNING"):
                        break
                    time.sleep(0.02)
                if query["Status"]["State"] != "SUCCEEDED":
                    return query["Status"]["StateChangeReason"]
                pages = athena.get_paginator("get_query_results").paginate(QueryExecutionId=id, PaginationConfig={"PageSize": 2})
                return [[value.get("VarCharValue") for value in row["Data"]] for page in pages for row in page["ResultSet"]["Rows"]]

            """;
        var first = await cloud.PythonAsync(ask + """
            s3 = client("s3")
            s3.create_bucket(Bucket="athena-boto", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            s3.put_object(Bucket="athena-boto", Key="films/day=2026-11-20/a.json", Body=b'{"film":1}\n{"film":2}\n')
            client("glue").create_database(DatabaseInput={"Name": "boto"})
            run("CREATE EXTERNAL TABLE films (film int) PARTITIONED BY (day date) "
                "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://athena-boto/films/'")
            run("MSCK REPAIR TABLE films")
            print(run("SELECT film, day FROM films WHERE film > ? ORDER BY film", ExecutionParameters=["0"]))
            print(run("SELECT nothing FROM films"))
            """);
        first.Succeeded().Trim().Split('\n').ShouldBe([
            "[['film', 'day'], ['1', '2026-11-20'], ['2', '2026-11-20']]",
            "COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved or requester is not authorized to access requested resources",
        ]);

        await cloud.KillAsync();
        await cloud.StartAsync();

        var again = await cloud.PythonAsync(ask + """
            print(run("SELECT sum(film) FROM films"))
            print(len(athena.list_query_executions()["QueryExecutionIds"]))
            """);
        again.Succeeded().Trim().Split('\n').ShouldBe(["[['_col0'], ['3']]", "5"]);
    }
}
