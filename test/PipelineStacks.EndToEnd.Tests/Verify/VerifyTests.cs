using System.Xml.Linq;

namespace PipelineStacks.EndToEnd.Tests.Verify;

/// <summary>
/// An environment in which everything works passes, and one in which one thing is broken fails and names that. Each test repairs what it broke.
/// </summary>
public sealed class VerifyTests(VerifyCloud cloud) : IClassFixture<VerifyCloud>
{
    private static readonly string[] Pipelines = ["film-events", "sakila", "play-logs"];

    [Fact]
    public void Environment_ThatWorks_PassesInEveryZoneAndIsLeftAsItWas()
    {
        var run = cloud.First;
        run.ExitCode.ShouldBe(0, run.Error);
        foreach (var pipeline in Pipelines)
            new[] { "types", "send", "landing", "clean", "clean partition", "curated", "curated partition", "quarantine", "clean up", "removal" }.ShouldAllBe(step => run.Passed(pipeline, step), run.Error);
        // Of readings no curated table is made.
        new[] { "types", "send", "landing", "clean", "clean partition", "quarantine", "clean up", "removal" }.ShouldAllBe(step => run.Passed("telemetry", step), run.Error);
        (run.Passed("sakila", "replication"), run.Passed("play-logs", "arrival"), run.Passed("all", "alarms")).ShouldBe((true, true, true), run.Error);

        var junit = XDocument.Load(cloud.JUnit).Root!;
        ((int)junit.Attribute("tests")!).ShouldBe(run.Report.GetProperty("steps").GetArrayLength());
        ((int)junit.Attribute("failures")!).ShouldBe(0);

        // Of the rows the changes stay in the landing zone: six insertions, five updates, six deletions.
        cloud.RowsAfterFirst.ShouldBe("0 1017 0 0 1000 0 0 0 1000 0");
    }

    [Fact]
    public void Environment_LookedAtWithoutTestData_PassesAndGetsNone()
    {
        var run = cloud.Look;
        run.ExitCode.ShouldBe(0, run.Error);
        run.Steps("passed").Select(step => step.GetProperty("name").GetString()).ShouldNotContain("send");
        foreach (var pipeline in Pipelines)
            new[] { "types", "landing", "clean", "curated" }.ShouldAllBe(step => run.Passed(pipeline, step), run.Error);
        run.Passed("all", "workflow").ShouldBeTrue(run.Error);
    }

    [Theory]
    [InlineData("qa", VerifyCloud.WithTestData)]
    [InlineData("prod", VerifyCloud.WithoutTestData)]
    public void Role_OfTheDelivery_AllowsWhatIsCalled_AndNothingElse(string environment, string role)
    {
        var (allowed, called) = (RoleActions.Of(environment), cloud.Called[role]);
        called.Except(allowed).ShouldBeEmpty();
        allowed.Except(called).Except(RoleActions.Unseen.Keys).ShouldBe(role == VerifyCloud.WithTestData ? [] : RoleActions.StartReplication);
    }

    [Fact]
    public async Task Sql_WithARenamedColumn_IsFoundAtItsJob()
    {
        const string Job = "pipelines-dev-clean-film-events";
        await RenameAsync("distributor", "distributed_by");
        var run = await cloud.VerifyAsync("--pipeline", "film-events", "--pipeline", "sakila");
        await RenameAsync("distributed_by", "distributor");
        run.ExitCode.ShouldBe(1, run.Error);
        run.Failures["film-events clean"].ShouldStartWith($"landing has 100 of 100, clean 0 of 100: job {Job} FAILED: ");
        run.Failures["film-events clean"].ShouldContain("distributed_by");
        // What follows upon it did not run either, and says why.
        run.Failures["sakila curated"].ShouldContain($"because job {Job} FAILED: ");
        (run.Passed("film-events", "landing"), run.Passed("sakila", "clean")).ShouldBe((true, true), run.Error);

        Task<string> RenameAsync(string from, string to) => PythonAsync($"""
            bucket, key = client("glue").get_job(JobName="{Job}")["Job"]["DefaultArguments"]["--sql"][5:].split("/", 1)
            sql = client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()
            assert "{from}" in sql
            client("s3").put_object(Bucket=bucket, Key=key, Body=sql.replace("{from}", "{to}"))
            """);
    }

    [Fact]
    public async Task Schema_ThatTheDeliveryDoesNotFit_IsFoundAtTheDeliveryAndTheTable()
    {
        await SetTypeAsync("int");
        var run = await cloud.VerifyAsync("--pipeline", "film-events");
        await SetTypeAsync("string");
        run.ExitCode.ShouldBe(1, run.Error);
        run.Failures.Keys.ShouldBe(["film-events types", "film-events landing", "film-events quarantine"]);
        run.Failures["film-events types"].ShouldBe("pipelines_dev_landing.film_events: the column event_type is int and should be string");
        run.Failures["film-events landing"].ShouldStartWith("landing has 0 of 100: delivery stream ");
        run.Failures["film-events landing"].ShouldContain(": 100 records in quarantine: DataFormatConversion.");

        Task<string> SetTypeAsync(string type) => PythonAsync($$"""
            glue, name = client("glue"), {"DatabaseName": "pipelines_dev_landing"}
            table = glue.get_table(**name, Name="film_events")["Table"]
            next(column for column in table["StorageDescriptor"]["Columns"] if column["Name"] == "event_type")["Type"] = "{{type}}"
            known = ["Name", "Description", "Retention", "StorageDescriptor", "PartitionKeys", "TableType", "Parameters"]
            glue.update_table(**name, TableInput={key: table[key] for key in known if key in table})
            """);
    }

    [Fact]
    public async Task Replication_ThatIsStopped_IsFoundAtItsTask()
    {
        (await cloud.ToolAsync("replication", "stop")).Succeeded();
        var run = await cloud.VerifyAsync("--pipeline", "sakila");
        (await cloud.ToolAsync("replication", "resume")).Succeeded();
        run.ExitCode.ShouldBe(1, run.Error);
        run.Failures.Keys.ShouldBe(["sakila replication"]);
        run.Failures["sakila replication"].ShouldStartWith("replication task pipelines-dev-task is stopped since 2026-11-20 ");
        run.Failures["sakila replication"].ShouldEndWith("Resume it: pipelines replication resume --env dev");
    }

    [Theory]
    [InlineData("pipelines-dev-lake-curated", "sakila", "all triggers", "sakila curated", "clean has 5 of 5, curated 0 of 5: job pipelines-dev-curated did not run, because trigger pipelines-dev-lake-curated is DEACTIVATED")]
    [InlineData("pipelines-dev-play-logs-start", "play-logs", "play-logs triggers", "play-logs arrival", "trigger pipelines-dev-play-logs-start is DEACTIVATED, so that files which arrive don't start pipelines-dev-play-logs")]
    public async Task Trigger_ThatIsDisabled_IsFoundByNameAndByWhatItDoesNotStart(string trigger, string pipeline, string found, string missing, string message)
    {
        await PythonAsync($"""client("glue").stop_trigger(Name="{trigger}")""");
        var run = await cloud.VerifyAsync("--pipeline", pipeline);
        await PythonAsync($"""client("glue").start_trigger(Name="{trigger}")""");
        run.ExitCode.ShouldBe(1, run.Error);
        run.Failures[found].ShouldBe($"trigger {trigger} is DEACTIVATED");
        run.Failures[missing].ShouldBe(message);
    }

    private async Task<string> PythonAsync(string script) => (await cloud.Cloud.PythonAsync(script)).Succeeded();
}
