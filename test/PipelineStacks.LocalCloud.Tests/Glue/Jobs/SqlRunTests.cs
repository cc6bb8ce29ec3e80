using System.Text;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Glue.Jobs;

/// <summary>What run_sql does on DuckDB: increments, atomic writing, quarantine, and clear errors.</summary>
public sealed class SqlRunTests : IAsyncLifetime
{
    // Latest row by key: what the clean job of a replicated table does, in small.
    private const string Clean = """
        -- target: ${clean}.events
        -- write: partitions
        -- increment: ${landing}.events
        -- rejects: events
        CREATE TEMPORARY VIEW checked AS
        SELECT id, try_cast(amount AS INT) AS amount, amount AS text, CAST(day AS DATE) AS day, _file,
          CASE WHEN try_cast(amount AS INT) IS NULL THEN 'amount "' || amount || '" does not fit int' ELSE '' END AS reason
        FROM increment;
        CREATE TEMPORARY VIEW rejects AS
        SELECT reason, '{"id":' || CAST(id AS string) || '}' AS record, _file AS source_file FROM checked WHERE reason <> '';
        SELECT id, amount, day FROM (
          SELECT *, row_number() OVER (PARTITION BY day, id ORDER BY amount) AS place FROM (
            SELECT id, amount, day FROM checked WHERE reason = ''
            UNION ALL SELECT id, amount, day FROM existing WHERE day IN (SELECT day FROM checked WHERE reason = '')
          ) AS candidates
        ) AS ranked WHERE place = 1
        """;

    private readonly JobCloud _jobs = new();

    public async Task InitializeAsync()
    {
        await _jobs.InitializeAsync();
        await _jobs.TableAsync("landing", "events", "id int;amount string;day string", serde: "org.openx.data.jsonserde.JsonSerDe",
            serdeParameters: """{"mapping.amount":"theAmount"}""");
        await _jobs.TableAsync("clean", "events", "id int;amount int", "day date");
        await _jobs.TableAsync("curated", "totals", "day date;total bigint", "snapshot string");
    }

    public Task DisposeAsync() => _jobs.DisposeAsync();

    [Fact]
    public async Task Increment_OfNewFiles_MergesWithWhatIsThere_AndEqualsARebuild()
    {
        await _jobs.JobAsync("clean", [("events.sql", Clean)]);
        await PutAsync("a.json", (1, "10", "2026-11-20"), (2, "20", "2026-11-21"));
        await _jobs.SucceedAsync("clean");
        var first = await EventsAsync();
        first.ShouldBe(["1|10|2026-11-20", "2|20|2026-11-21"]);
        var untouched = LocationOf("2026-11-21");

        await PutAsync("b.json", (1, "9", "2026-11-20"), (3, "30", "2026-11-22"), (1, "11", "2026-11-20"));
        await _jobs.SucceedAsync("clean");
        var merged = await EventsAsync();
        merged.ShouldBe(["1|9|2026-11-20", "2|20|2026-11-21", "3|30|2026-11-22"]);
        LocationOf("2026-11-21").ShouldBe(untouched);

        // Nothing is new: nothing changes.
        var before = _jobs.Keys("clean/");
        await _jobs.SucceedAsync("clean");
        _jobs.Keys("clean/").ShouldBe(before);

        await _jobs.SucceedAsync("clean", """{"--rebuild":"true"}""");
        (await EventsAsync()).ShouldBe(merged);
        LocationOf("2026-11-21").ShouldNotBe(untouched);
    }

    [Fact]
    public async Task Rebuild_DeletesPartitionsThatNoSourceFileHasAnyMore()
    {
        await _jobs.JobAsync("clean", [("events.sql", Clean)]);
        await PutAsync("a.json", (1, "10", "2026-11-20"));
        await PutAsync("b.json", (2, "20", "2026-11-21"));
        await _jobs.SucceedAsync("clean");
        _jobs.Store.Delete(_jobs.Cloud.Call, "lake", "landing/events/b.json");

        await _jobs.SucceedAsync("clean");
        (await EventsAsync()).Length.ShouldBe(2);
        await _jobs.SucceedAsync("clean", """{"--rebuild":"true"}""");
        (await EventsAsync()).ShouldBe(["1|10|2026-11-20"]);
    }

    [Fact]
    public async Task Rejects_OfAFile_AreOneObject_ThatARepeatedRunDoesNotDouble_AndARepairRemoves()
    {
        await _jobs.JobAsync("clean", [("events.sql", Clean)]);
        await PutAsync("a.json", (1, "ten", "2026-11-20"), (2, "20", "2026-11-20"), (3, "drei", "2026-11-20"));
        await PutAsync("b.json", (4, "40", "2026-11-20"));
        await _jobs.SucceedAsync("clean");
        await _jobs.SucceedAsync("clean", """{"--rebuild":"true"}""");

        var key = _jobs.Keys("quarantine/").ShouldHaveSingleItem();
        key.ShouldStartWith("quarantine/events/clean-rejected/arrival_date=2026-11-20/");
        var lines = _jobs.Content(key).Trim().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        lines.Select(line => (string)line["errorcode"]!).ShouldBe(["Clean.Rejected", "Clean.Rejected"]);
        lines.Select(line => (string)line["errormessage"]!).ShouldBe(
        [
            "amount \"drei\" does not fit int (in s3://lake/landing/events/a.json)",
            "amount \"ten\" does not fit int (in s3://lake/landing/events/a.json)",
        ]);
        lines.Select(line => Encoding.UTF8.GetString(Convert.FromBase64String((string)line["rawdata"]!))).ShouldBe(["""{"id":3}""", """{"id":1}"""]);
        (await EventsAsync()).ShouldBe(["2|20|2026-11-20", "4|40|2026-11-20"]);

        await PutAsync("a.json", (1, "10", "2026-11-20"), (2, "20", "2026-11-20"), (3, "30", "2026-11-20"));
        await _jobs.SucceedAsync("clean");
        _jobs.Keys("quarantine/").ShouldBeEmpty();
        (await EventsAsync()).Length.ShouldBe(4);
    }

    [Fact]
    public async Task Failure_OfOneFile_SkipsWhatReadsIt_TellsAll_AndKeepsTheBookmark()
    {
        await _jobs.JobAsync("all",
        [
            ("events.sql", Clean),
            ("totals.sql", "-- target: ${curated}.totals\nSELECT day, sum(amount) AS totl FROM ${clean}.events GROUP BY day"),
            ("again.sql", "-- target: ${curated}.again\nSELECT * FROM ${curated}.totals"),
            ("none.sql", "-- target: ${curated}.none\nSELECT * FROM ${landing}.nothing"),
        ]);
        await PutAsync("a.json", (1, "10", "2026-11-20"));

        (await _jobs.FailAsync("all")).Split('\n').ShouldBe(
        [
            "${curated}.totals (totals.sql): the result lacks the column total of curated.totals; the result has the column totl, which curated.totals lacks",
            "${curated}.again (again.sql): skipped, since it reads ${curated}.totals, whose own SQL failed",
            "${curated}.none (none.sql): the table landing.nothing does not exist; the table curated.none does not exist",
        ]);
        (await EventsAsync()).ShouldBe(["1|10|2026-11-20"]);
        (await _jobs.Cloud.JsonErrorAsync("AWSGlue.GetJobBookmark", """{"JobName":"all"}""")).ShouldStartWith("EntityNotFoundException");
        _jobs.Keys("curated/").ShouldBeEmpty();

        // What was read is read again, and doubles nothing.
        await _jobs.SucceedAsync("all", """{"--sql":"s3://lake/sql/events.sql"}""");
        (await EventsAsync()).ShouldBe(["1|10|2026-11-20"]);
        var bookmark = (await _jobs.Cloud.JsonAsync("AWSGlue.GetJobBookmark", """{"JobName":"all"}"""))["JobBookmarkEntry"]!;
        ((int)bookmark["Version"]!).ShouldBe(1);
        ((string)bookmark["JobBookmark"]!).ShouldBe("""{"${clean}.events from ${landing}.events":"1 objects"}""");
    }

    [Fact]
    public async Task Bookmark_Reset_ReadsAllAgain_AndPausedOnes_DoNotMove()
    {
        await _jobs.TableAsync("clean", "copies", "id int", "snapshot string");
        await _jobs.JobAsync("copy", [("copies.sql", "-- target: ${clean}.copies\n-- increment: ${landing}.events\nSELECT id FROM increment")]);
        await PutAsync("a.json", (1, "1", "2026-11-20"));
        await _jobs.SucceedAsync("copy", """{"--job-bookmark-option":"job-bookmark-pause"}""");
        (await _jobs.AskAsync("SELECT id FROM clean.copies")).ShouldBe(["1"]);
        await _jobs.SucceedAsync("copy");
        (await _jobs.AskAsync("SELECT id FROM clean.copies")).ShouldBe(["1"]);
        await PutAsync("b.json", (2, "2", "2026-11-20"));
        await _jobs.SucceedAsync("copy");
        (await _jobs.AskAsync("SELECT id FROM clean.copies")).ShouldBe(["2"]);

        await _jobs.Cloud.JsonAsync("AWSGlue.ResetJobBookmark", """{"JobName":"copy"}""");
        await _jobs.SucceedAsync("copy");
        (await _jobs.AskAsync("SELECT id FROM clean.copies ORDER BY id")).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Table_WrittenAnew_LosesPartitionsThatTheResultLacks_AndAnEmptyOneIsEmpty()
    {
        await _jobs.TableAsync("curated", "months", "amount bigint", "month string");
        await _jobs.JobAsync("write", [("events.sql", Clean), ("months.sql", """
            -- target: ${curated}.months
            SELECT CAST(sum(amount) AS bigint) AS amount, substr(CAST(day AS string), 1, 7) || '/é' AS month FROM ${clean}.events WHERE amount > 0 GROUP BY 2
            """), ("totals.sql", "-- target: ${curated}.totals\nSELECT day, sum(amount) AS total FROM ${clean}.events WHERE amount > 0 GROUP BY day")]);
        await PutAsync("a.json", (1, "10", "2026-11-20"), (2, "20", "2026-12-01"));
        await _jobs.SucceedAsync("write");
        (await _jobs.AskAsync("SELECT month, amount FROM curated.months ORDER BY 1")).ShouldBe(["2026-11/é|10", "2026-12/é|20"]);
        (await _jobs.AskAsync("SELECT month FROM curated.months WHERE month = '2026-12/é'")).ShouldBe(["2026-12/é"]);

        await PutAsync("b.json", (1, "-1", "2026-11-20"));
        await _jobs.SucceedAsync("write");
        (await _jobs.AskAsync("SELECT month, amount FROM curated.months")).ShouldBe(["2026-12/é|20"]);
        await PutAsync("c.json", (2, "-1", "2026-12-01"));
        await _jobs.SucceedAsync("write");
        (await _jobs.AskAsync("SELECT count(*) FROM curated.months")).ShouldBe(["0"]);
        (await _jobs.AskAsync("SELECT count(*), count(DISTINCT snapshot) FROM curated.totals")).ShouldBe(["0|0"]);
    }

    [Fact]
    public async Task FilesOfEarlierRuns_StayForARunningQuery_AndGoOnceTheyAreOld()
    {
        await _jobs.JobAsync("totals", [("totals.sql", "-- target: ${curated}.totals\nSELECT CAST('2026-11-20' AS DATE) AS day, CAST(1 AS bigint) AS total")]);
        for (var run = 0; run < 2; run++)
        {
            await _jobs.SucceedAsync("totals");
            await _jobs.Cloud.AdvanceAsync(TimeSpan.FromHours(1));
        }

        _jobs.Keys("curated/").Length.ShouldBe(2);
        await _jobs.Cloud.AdvanceAsync(TimeSpan.FromHours(24));
        await _jobs.SucceedAsync("totals");
        _jobs.Keys("curated/").Length.ShouldBe(2);
        (await _jobs.AskAsync("SELECT total FROM curated.totals")).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("SELECT day, nosuch(1) AS total FROM ${clean}.events", "the function nosuch is not in the common subset of Spark SQL and DuckDB, in line 2: ")]
    [InlineData("SELECT day, amount AS total FROM nowhere", "there is no table or view nowhere, in line 2: ")]
    [InlineData("SELECT CAST('x' AS DATE) AS day, CAST(1 AS bigint) AS total", "Conversion Error: invalid date field format: \"x\"")]
    [InlineData("SELECT day, 1 AS total FROM increment", "the view increment needs the header `-- increment: ${zone}.table`")]
    [InlineData("SELECT day total 1", "Parser Error: syntax error at or near \"1\"")]
    public async Task SqlFile_WithAMistake_FailsTheRunAndSaysWhere(string sql, string message)
    {
        await _jobs.JobAsync("wrong", [("totals.sql", $"-- target: ${{curated}}.totals\n{sql}")]);

        var failure = await _jobs.FailAsync("wrong");
        failure.ShouldStartWith($"${{curated}}.totals (totals.sql): {message}");
        _jobs.Keys("curated/").ShouldBeEmpty();
        var events = await _jobs.Cloud.JsonAsync("Logs_20140328.FilterLogEvents", """{"logGroupName":"/aws-glue/jobs/error"}""");
        events["events"]!.AsArray().Select(one => (string)one!["message"]!).ShouldContain(failure);
    }

    [Fact]
    public async Task SqlFiles_WithFaultyHeaders_FailTogetherBeforeAnythingIsDone()
    {
        await _jobs.JobAsync("wrong", [("events.sql", Clean), ("a.sql", "SELECT 1"), ("b.sql", "-- target: ${curated}.totals\n-- write: append\nSELECT 1")],
            """{"--sql":"s3://lake/sql/events.sql,s3://lake/sql/a.sql,s3://lake/sql/b.sql,s3://lake/sql/none.sql"}""");
        await PutAsync("a.json", (1, "10", "2026-11-20"));

        (await _jobs.FailAsync("wrong")).Split('\n').ShouldBe(
        [
            "a.sql: the header `-- target: ${zone}.table` is missing",
            "b.sql: the header write must be table or partitions, and is append",
            "s3://lake/sql/none.sql can't be read: The specified key does not exist. (NoSuchKey)",
        ]);
        _jobs.Keys("clean/").ShouldBeEmpty();
    }

    [Fact]
    public async Task Increment_OfCsvAsDmsWritesIt_KeepsQuotedValues()
    {
        await _jobs.TableAsync("landing", "film", "op string;film_id string;title string", serde: "org.apache.hadoop.hive.serde2.OpenCSVSerde",
            serdeParameters: """{"separatorChar":",","quoteChar":"\"","escapeChar":"\""}""");
        await _jobs.TableAsync("clean", "film", "film_id int;title string;source string", "snapshot string");
        await _jobs.PutAsync("landing/film/LOAD00000001.csv", "I,1,\"A, \"\"b\"\"\"\nI,2,c\n");
        await _jobs.JobAsync("film", [("film.sql", """
            -- target: ${clean}.film
            -- increment: ${landing}.film
            SELECT film_id, title, _file AS source FROM increment WHERE op = 'I'
            """)]);

        await _jobs.SucceedAsync("film");
        (await _jobs.AskAsync("SELECT film_id, title, source FROM clean.film ORDER BY 1")).ShouldBe(
            ["1|A, \"b\"|s3://lake/landing/film/LOAD00000001.csv", "2|c|s3://lake/landing/film/LOAD00000001.csv"]);
    }

    [Fact]
    public async Task Increment_WhoseTableIsNotThereYet_IsSkippedWhereTheFileSaysSo_AndFailsOtherwise()
    {
        const string Sql = "-- target: ${clean}.events\n-- write: partitions\n-- increment: ${landing}.crawled\n{0}SELECT id, id * 2 AS amount, '2026-11-20' AS day FROM increment";
        await _jobs.JobAsync("loud", [("loud.sql", Sql.Replace("{0}", "", StringComparison.Ordinal))]);
        await _jobs.JobAsync("patient", [("patient.sql", Sql.Replace("{0}", "-- absent: skip\n", StringComparison.Ordinal))]);

        (await _jobs.FailAsync("loud")).ShouldContain("the table landing.crawled does not exist");
        await _jobs.SucceedAsync("patient");
        (await EventsAsync()).ShouldBeEmpty();

        await _jobs.PutParquetAsync("landing/crawled/a.parquet", "SELECT 7 AS id");
        await _jobs.TableAsync("landing", "crawled", "id int");
        await _jobs.SucceedAsync("patient");
        (await EventsAsync()).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("landing/events/broken.json")]
    [InlineData("landing/events/broken.json.gz")]
    [InlineData("clean/films/broken.parquet")]
    public async Task Object_ThatCannotBeRead_IsNamed(string key)
    {
        await _jobs.TableAsync("clean", "films", "day string");
        await _jobs.PutAsync(key, "{ neither gzip nor Parquet nor JSON");
        await _jobs.JobAsync("read", [("events.sql", $"-- target: ${{curated}}.totals\nSELECT CAST(day AS DATE) AS day, count(*) AS total FROM ${{{key.Split('/')[0]}}}.{key.Split('/')[1]} GROUP BY 1")]);
        (await _jobs.FailAsync("read")).ShouldContain($"s3://lake/{key}");
    }

    [Fact]
    public async Task Rulesets_WithoutTheirTable_FailTheRunByName()
    {
        await _jobs.JobAsync("quality", [], """{"--rulesets":"nosuch"}""");
        (await _jobs.FailAsync("quality")).ShouldContain("nosuch");
    }

    private Task PutAsync(string name, params (int Id, string Amount, string Day)[] events) => _jobs.PutAsync($"landing/events/{name}",
        string.Concat(events.Select(one => $$"""{"id":{{one.Id}},"theAmount":"{{one.Amount}}","day":"{{one.Day}}"}""" + "\n")));

    private Task<string[]> EventsAsync() => _jobs.AskAsync("SELECT id, amount, day FROM clean.events ORDER BY 1");

    private string LocationOf(string day) =>
        _jobs.Cloud.Get<PipelineStacks.LocalCloud.Services.Glue.ICatalog>().ListPartitions(_jobs.Cloud.Call, "clean", "events").Single(one => one.Values[0] == day).Location;
}
