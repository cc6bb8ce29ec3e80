using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.Services.Glue.Jobs;

namespace PipelineStacks.LocalCloud.Tests.Glue.Jobs;

/// <summary>What others are told of runs, and what a restart makes of those under way.</summary>
public sealed class JobReportTests : IAsyncLifetime
{
    private const string Sql = "-- target: ${curated}.numbers\nSELECT CAST(1 AS INT) AS n";

    private readonly string _data = Directory.CreateTempSubdirectory("job-reports-").FullName;
    private readonly JobCloud _jobs;

    public JobReportTests() => _jobs = new() { Cloud = new() { DataDirectory = _data } };

    private TestCloud Cloud => _jobs.Cloud;

    public async Task InitializeAsync()
    {
        await _jobs.InitializeAsync();
        await _jobs.TableAsync("curated", "numbers", "n int", "snapshot string");
    }

    public async Task DisposeAsync()
    {
        await _jobs.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Run_WithMetricsAndContinuousLogs_PutsBoth()
    {
        await _jobs.JobAsync("job", [("numbers.sql", Sql)], """{"--enable-metrics":"true","--enable-continuous-cloudwatch-log":"true"}""");
        await _jobs.SucceedAsync("job");
        await _jobs.FailAsync("job", """{"--clean":"nowhere","--sql":"s3://lake/sql/none.sql"}""");

        var metric = await Cloud.QueryAsync("monitoring", "GetMetricStatistics",
            ("Version", "2010-08-01"), ("Namespace", "Glue"), ("MetricName", "glue.driver.aggregate.numFailedTasks"), ("Period", "300"), ("Statistics.member.1", "Sum"),
            ("StartTime", Cloud.Now.AddMinutes(-5).ToString("O")), ("EndTime", Cloud.Now.AddMinutes(5).ToString("O")),
            ("Dimensions.member.1.Name", "JobName"), ("Dimensions.member.1.Value", "job"),
            ("Dimensions.member.2.Name", "JobRunId"), ("Dimensions.member.2.Value", "ALL"),
            ("Dimensions.member.3.Name", "Type"), ("Dimensions.member.3.Value", "count"));
        metric.Descendants("Sum").Sum(sum => double.Parse(sum.Value, null)).ShouldBe(1);
        (await LogAsync("/aws-glue/jobs/output")).ShouldBe(["${curated}.numbers (numbers.sql): wrote 1 rows in 1 partitions"]);
        (await LogAsync("/aws-glue/jobs/logs-v2")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Run_AtItsEnd_IsAnnouncedOnTheBus()
    {
        await _jobs.JobAsync("job", [("numbers.sql", Sql)]);
        var good = (string)(await _jobs.RunAsync("job"))["Id"]!;
        var bad = (string)(await _jobs.RunAsync("job", """{"--sql":"s3://lake/sql/none.sql"}"""))["Id"]!;

        Events("Glue Job State Change").Select(one => one["detail"]!.ToJsonString()).ShouldBe(
        [
            $$"""{"jobName":"job","severity":"INFO","state":"SUCCEEDED","jobRunId":"{{good}}","message":"Job run succeeded"}""",
            $$"""{"jobName":"job","severity":"ERROR","state":"FAILED","jobRunId":"{{bad}}","message":"s3://lake/sql/none.sql can{{"\\u0027"}}t be read: The specified key does not exist. (NoSuchKey)"}""",
        ]);
    }

    [Fact]
    public async Task Runs_UnderWayWhenTheCloudStopped_FailAtTheNextStart_AndThoseNotBegunBegin()
    {
        await _jobs.JobAsync("endless", [("endless.sql", """
            -- target: ${curated}.numbers
            SELECT CAST(count(*) AS INT) AS n FROM range(1000000) AS a(x), range(1000000) AS b(y) WHERE (x * y) % 7 = 3
            """)]);
        await _jobs.JobAsync("later", [("numbers.sql", Sql)]);
        var run = await _jobs.StartAsync("endless");
        var advancing = Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        while ((string)(await _jobs.RunOfAsync("endless", run))["JobRunState"]! != "RUNNING")
            await Task.Delay(5);
        var later = await _jobs.StartAsync("later");

        await Cloud.RestartAsync();
        await advancing;
        var ended = await _jobs.RunOfAsync("endless", run);
        ((string)ended["JobRunState"]!).ShouldBe("FAILED");
        ((string)ended["ErrorMessage"]!).ShouldBe("The local cloud stopped while the run was under way. Its bookmark is where it was.");
        _jobs.Keys("curated/").ShouldBeEmpty();
        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        ((string)(await _jobs.RunOfAsync("later", later))["JobRunState"]!).ShouldBe("SUCCEEDED");
    }

    [Fact]
    public async Task RunsOfATrigger_AreToldToObservers_AndFoundAgain()
    {
        await _jobs.JobAsync("job", [("numbers.sql", Sql)], properties: """{"MaxRetries":1}""");
        var (runs, origin) = (Cloud.Get<IJobRuns>(), new JobRunOrigin("nightly", "lake", "wr_1"));
        var run = runs.Start(Cloud.Call, new() { JobName = "job", Arguments = new Dictionary<string, string> { ["--sql"] = "s3://lake/sql/none.sql" } }, origin);
        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

        var started = runs.StartedBy(Cloud.Call, origin);
        started.Select(one => one.Id).ShouldBe([run.Id, $"{run.Id}_attempt_1"]);
        started.ShouldAllBe(one => one.TriggerName == "nightly" && one.Arguments!["--WORKFLOW_RUN_ID"] == "wr_1" && one.Arguments["--WORKFLOW_NAME"] == "lake");
        runs.OriginOf(Cloud.Call, started[1]).ShouldBe(origin);
        runs.Find(Cloud.Call, "job", "jr_none").ShouldBeNull();
    }

    private async Task<string[]> LogAsync(string group) =>
        [.. (await Cloud.JsonAsync("Logs_20140328.FilterLogEvents", $$"""{"logGroupName":"{{group}}"}"""))["events"]!.AsArray().Select(one => (string)one!["message"]!)];

    private List<JsonNode> Events(string type) =>
        [.. Cloud.Get<EventJournal>().Read().Select(line => JsonNode.Parse(line)!).Where(one => (string)one["detail-type"]! == type)];
}
