using PipelineStacks.LocalCloud.Services.Glue.Jobs;

namespace PipelineStacks.LocalCloud.Tests.Glue.Jobs;

public sealed class JobRunTests : IAsyncLifetime
{
    private const string Sql = """
        -- target: ${curated}.numbers
        SELECT CAST(1 AS INT) AS n
        """;

    private readonly JobCloud _jobs = new();

    private TestCloud Cloud => _jobs.Cloud;

    public async Task InitializeAsync()
    {
        await _jobs.InitializeAsync();
        await _jobs.TableAsync("curated", "numbers", "n int", "snapshot string");
    }

    public Task DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task Run_OfASqlFile_WritesTheTableThatAthenaReads()
    {
        await _jobs.JobAsync("curated", [("numbers.sql", Sql)]);

        var run = await _jobs.StartAsync("curated");
        ((string)(await _jobs.RunOfAsync("curated", run))["JobRunState"]!).ShouldBe("STARTING");
        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

        var ended = await _jobs.RunOfAsync("curated", run);
        ((string)ended["JobRunState"]!).ShouldBe("SUCCEEDED", (string?)ended["ErrorMessage"]);
        ((string)ended["WorkerType"]!).ShouldBe("G.1X");
        ((string)ended["LogGroupName"]!).ShouldBe("/aws-glue/jobs");
        (await _jobs.AskAsync("SELECT n, snapshot FROM curated.numbers")).ShouldBe(["1|current"]);
        _jobs.Keys("curated/").ShouldBe([$"curated/numbers/run={run}/snapshot=current/part-00000.snappy.parquet"]);
    }

    [Fact]
    public async Task Run_OfAnotherScript_FailsAndNamesIt()
    {
        await _jobs.PutAsync("run_sql.py", "import sys\n");
        await _jobs.JobAsync("other", [("numbers.sql", Sql)]);

        (await _jobs.FailAsync("other")).ShouldBe(
            "The local cloud can't run s3://lake/run_sql.py: it has no Spark, and runs only scripts whose first line is \"# runner: run_sql/1\", with DuckDB. "
            + "The first line of this one is \"import sys\".");
        (await _jobs.FailAsync("other", """{"--landing":"x"}""")).ShouldContain("can't run s3://lake/run_sql.py");
    }

    [Fact]
    public async Task Run_WhoseScriptIsMissing_FailsAndNamesIt()
    {
        await _jobs.JobAsync("none", [("numbers.sql", Sql)], properties: """{"Command":{"Name":"glueetl","ScriptLocation":"s3://lake/none.py"}}""");

        (await _jobs.FailAsync("none")).ShouldBe("The script s3://lake/none.py of job none can't be read: The specified key does not exist. (NoSuchKey)");
    }

    [Fact]
    public async Task Run_BesideAnother_IsRefused_OrWaitsWhereTheJobQueues()
    {
        await _jobs.JobAsync("one", [("numbers.sql", Sql)]);
        await _jobs.JobAsync("queue", [("numbers.sql", Sql)], properties: """{"JobRunQueuingEnabled":true}""");
        await _jobs.StartAsync("one");
        var first = await _jobs.StartAsync("queue");
        var second = await _jobs.StartAsync("queue");

        (await Cloud.JsonErrorAsync("AWSGlue.StartJobRun", """{"JobName":"one"}""")).ShouldBe("ConcurrentRunsExceededException: Concurrent runs exceeded for one");
        ((string)(await _jobs.RunOfAsync("queue", second))["JobRunState"]!).ShouldBe("WAITING");

        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        ((string)(await _jobs.RunOfAsync("queue", first))["JobRunState"]!).ShouldBe("SUCCEEDED");
        ((string)(await _jobs.RunOfAsync("queue", second))["JobRunState"]!).ShouldBe("SUCCEEDED");
    }

    [Fact]
    public async Task Run_ThatFails_IsTriedAgainAsOftenAsTheJobSays()
    {
        await _jobs.JobAsync("poor", [("numbers.sql", "-- target: ${curated}.nothing\nSELECT 1 AS n")], properties: """{"MaxRetries":2}""");

        var run = await _jobs.StartAsync("poor");
        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));

        var runs = (await Cloud.JsonAsync("AWSGlue.GetJobRuns", """{"JobName":"poor"}"""))["JobRuns"]!.AsArray();
        runs.Select(one => $"{one!["Id"]} {one["Attempt"]} {one["JobRunState"]} {one["PreviousRunId"]}").ShouldBe(
        [
            $"{run}_attempt_2 2 FAILED {run}_attempt_1",
            $"{run}_attempt_1 1 FAILED {run}",
            $"{run} 0 FAILED ",
        ]);
        ((string)runs[0]!["ErrorMessage"]!).ShouldBe("${curated}.nothing (numbers.sql): the table curated.nothing does not exist");
    }

    [Fact]
    public async Task Run_Stopped_BeforeItBegan_IsStopped()
    {
        await _jobs.JobAsync("one", [("numbers.sql", Sql)]);
        var run = await _jobs.StartAsync("one");

        var answer = await Cloud.JsonAsync("AWSGlue.BatchStopJobRun", $$"""{"JobName":"one","JobRunIds":["{{run}}","jr_none"]}""");

        answer["SuccessfulSubmissions"]!.AsArray().Select(one => (string)one!["JobRunId"]!).ShouldBe([run]);
        answer["Errors"]!.AsArray().Select(one => (string)one!["JobRunId"]!).ShouldBe(["jr_none"]);
        ((string)(await _jobs.RunOfAsync("one", run))["JobRunState"]!).ShouldBe("STOPPING");
        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        ((string)(await _jobs.RunOfAsync("one", run))["JobRunState"]!).ShouldBe("STOPPED");
        _jobs.Keys("curated/").ShouldBeEmpty();
    }

    // Longer than any test would wait: it ends by being interrupted.
    private const string Endless = """
        -- target: ${curated}.numbers
        SELECT CAST(count(*) AS INT) AS n FROM range(1000000) AS a(x), range(1000000) AS b(y) WHERE (x * y) % 7 = 3
        """;

    [Theory]
    [InlineData("STOPPED")]
    [InlineData("TIMEOUT")]
    public async Task Run_InterruptedAtWork_EndsSoAndLeavesNothing(string end)
    {
        await _jobs.JobAsync("endless", [("numbers.sql", Endless)]);
        var run = await _jobs.StartAsync("endless");
        var advancing = Cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        while ((string)(await _jobs.RunOfAsync("endless", run))["JobRunState"]! != "RUNNING")
            await Task.Delay(5);

        // Virtual time stands still while the run is at work, so its deadline is called by hand.
        if (end is "TIMEOUT")
            Cloud.Get<JobRunner>().Expire(JobState.RunKey(Cloud.Call, "endless", run));
        else
            await Cloud.JsonAsync("AWSGlue.BatchStopJobRun", $$"""{"JobName":"endless","JobRunIds":["{{run}}"]}""");
        await advancing;

        ((string)(await _jobs.RunOfAsync("endless", run))["JobRunState"]!).ShouldBe(end);
        _jobs.Keys("curated/").ShouldBeEmpty();
        Directory.GetDirectories(Path.Combine(Cloud.Host.DataDirectory, "tmp", "glue")).ShouldBeEmpty();
    }
}
