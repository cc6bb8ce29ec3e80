using System.Net;
using PipelineStacks.LocalCloud.Tests.Glue.Jobs;
using PipelineStacks.LocalCloud.Tests.Lambda;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>What jobs, crawlers, rules of quality and functions fail at.</summary>
public sealed class JobAlarmTests : IAsyncLifetime
{
    private const string Job = "pipelines-qa-clean-film-events";

    private readonly JobCloud _lake = new();
    private AlarmCloud _cloud = null!;

    public async Task InitializeAsync()
    {
        await _lake.InitializeAsync();
        _cloud = new(_lake.Cloud);
    }

    public Task DisposeAsync() => _lake.DisposeAsync();

    [Fact]
    public async Task Job_ThatFails_CallsOnce_WithItsReason()
    {
        await _cloud.DeployAsync();
        await _lake.JobAsync(Job, [], """{"--sql":"s3://lake/sql/none.sql"}""");
        await _lake.FailAsync(Job);
        (await _cloud.UntilAsync("clean-film-events-failed", "ALARM", 3)).ShouldBeLessThanOrEqualTo(2);
        (await _cloud.MailsAsync("film-events-pipeline", "Critical")).ShouldContain("ALARM");
        await _cloud.UntilAsync("clean-film-events-failed", "OK", 20);
        (await _cloud.MailsAsync("clean-film-events-failed")).ShouldBe(["OK", "ALARM", "OK"]);
    }

    [Fact]
    public async Task Job_ThatNobodyRuns_IsStaleAfterItsObjective_AndFreshByARun()
    {
        await _cloud.DeployAsync();
        await _lake.TableAsync("clean", "film_events", "n int", "snapshot string");
        await _lake.JobAsync(Job, [("clean.sql", "-- target: ${clean}.film_events\nSELECT CAST(1 AS INT) AS n")], """{"--enable-metrics":"true"}""");
        await _lake.SucceedAsync(Job);
        await _cloud.UntilAsync("clean-film-events-stale", "OK", 3);
        await _lake.Cloud.AdvanceAsync(TimeSpan.FromHours(25));
        (await _cloud.StateAsync("clean-film-events-stale")).ShouldBe("OK");
        await _lake.Cloud.AdvanceAsync(TimeSpan.FromHours(4));
        (await _cloud.StateAsync("clean-film-events-stale")).ShouldBe("ALARM");
        await _lake.SucceedAsync(Job);
        await _cloud.UntilAsync("clean-film-events-stale", "OK", 3);
    }

    [Fact]
    public async Task Crawl_ThatFails_Calls()
    {
        await _cloud.DeployAsync();
        await _lake.Cloud.JsonAsync("AWSGlue.CreateCrawler",
            """{"Name":"pipelines-qa-play-logs","Role":"arn:aws:iam::000000000000:role/crawler","DatabaseName":"landing","Targets":{"S3Targets":[{"Path":"s3://no-such-bucket/play_logs/"}]}}""");
        await _lake.Cloud.JsonAsync("AWSGlue.StartCrawler", """{"Name":"pipelines-qa-play-logs"}""");
        await _cloud.UntilAsync("crawl-play-logs-failed", "ALARM", 5);
        (await _cloud.MailsAsync("play-logs-pipeline", "Critical")).ShouldContain("ALARM");
        await _cloud.UntilAsync("crawl-play-logs-failed", "OK", 20);
    }

    [Fact]
    public async Task Quality_ThatIsBroken_Calls()
    {
        await _cloud.DeployAsync();
        await _lake.Cloud.JsonAsync("AWSGlue.CreateDatabase", """{"DatabaseInput":{"Name":"pipelines_qa_clean"}}""");
        await _lake.PutParquetAsync("films/a.parquet", "SELECT 1 AS id");
        await _lake.Cloud.JsonAsync("AWSGlue.CreateTable", """
            {"DatabaseName":"pipelines_qa_clean","TableInput":{"Name":"films","StorageDescriptor":{"Location":"s3://lake/films/","Columns":[{"Name":"id","Type":"int"}],
             "SerdeInfo":{"SerializationLibrary":"org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"}}}}
            """);
        await _lake.Cloud.JsonAsync("AWSGlue.CreateDataQualityRuleset", """{"Name":"films","Ruleset":"Rules = [ RowCount > 5 ]","TargetTable":{"DatabaseName":"pipelines_qa_clean","TableName":"films"}}""");
        await _lake.Cloud.JsonAsync("AWSGlue.StartDataQualityRulesetEvaluationRun",
            """{"DataSource":{"GlueTable":{"DatabaseName":"pipelines_qa_clean","TableName":"films"}},"Role":"arn:aws:iam::000000000000:role/quality","RulesetNames":["films"]}""");
        await _cloud.UntilAsync("data-quality-failed", "ALARM", 5);
        (await _cloud.MailsAsync("lake-pipeline", "Critical")).ShouldContain("ALARM");
        await _cloud.UntilAsync("data-quality-failed", "OK", 20);
    }

    [Fact]
    public async Task Function_ThatFailsOrIsThrottled_IsTold()
    {
        var function = await _lake.Cloud.NodeAsync("exports.handler = async event => { if (event.fail) throw new Error('refused'); return 1; };");
        await _cloud.DeployAsync(("AdminFunction", function));
        (await _lake.Cloud.InvokeAsync(function, """{"fail":true}""")).Error.ShouldBe("Unhandled");
        (await _cloud.UntilAsync("database-admin-errors", "ALARM", 3)).ShouldBeLessThanOrEqualTo(2);
        (await _lake.Cloud.LambdaAsync(HttpMethod.Put, $"/2017-10-31/functions/{function}/concurrency", """{"ReservedConcurrentExecutions":0}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await _lake.Cloud.InvokeAsync(function)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await _cloud.UntilAsync("database-admin-throttles", "ALARM", 3)).ShouldBeLessThanOrEqualTo(2);
        await _cloud.UntilAsync("database-admin-errors", "OK", 20);
        await _cloud.UntilAsync("database-admin-throttles", "OK", 20);
        (await _cloud.MailsAsync("database-admin-errors")).ShouldBe(["OK", "ALARM", "OK"]);
    }
}
