using FsCheck;
using FsCheck.Fluent;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Etl.Tests;

/// <summary>Events in the clean zone: each once, whatever came when.</summary>
public sealed class EventTests
{
    private static readonly Dataset FilmEvents = DatasetCatalog.Find("film_events");
    private static readonly string Sql = CleanSql.For(FilmEvents, FileFormat.Csv);

    [Fact]
    public void Event_DeliveredTwice_CountsOnce()
    {
        using var unit = Unit();
        Arrive(unit, "('2026-01-01 10:00:00','rent',1,'a')", "('2026-01-01 10:00:00','rent',1,'a')", "('2026-01-01 11:00:00','buy',2,'b')");

        unit.Run(Sql);

        unit.Query("SELECT event_id, event_date FROM result ORDER BY ALL").ShouldBe(["a|2026-01-01", "b|2026-01-01"]);
    }

    [Fact]
    public void Event_OfADayThatIsThereAlready_JoinsItsRows_AndOtherDaysAreNotTouched()
    {
        using var unit = Unit();
        Arrive(unit, "('2026-01-01 10:00:00','rent',1,'a')", "('2026-01-02 10:00:00','rent',1,'b')");
        unit.Run(Sql);
        unit.Execute("INSERT INTO existing SELECT * FROM result");
        Arrive(unit, "('2026-01-01 12:00:00','buy',3,'c')", "('2026-01-01 10:00:00','rent',1,'a')");

        unit.Run(Sql);

        unit.Query("SELECT event_id, event_date FROM result ORDER BY ALL").ShouldBe(["a|2026-01-01", "c|2026-01-01"]);
    }

    [Fact]
    public void Event_WithoutKeyOrTime_IsRejected_WithAllReasonsAndItsFile()
    {
        using var unit = Unit();
        Arrive(unit, "(NULL,'rent',1,NULL)", "('1899-12-31 23:59:59','rent',1,'x')", "('2026-01-01 10:00:00',NULL,NULL,'good')");

        unit.Run(Sql);

        unit.Rejects().ShouldBe([
            "InvalidValue: event_time is before 1900-01-01|s3://landing/f.parquet",
            "MissingKey: event_time is missing; event_id is missing|s3://landing/f.parquet",
        ]);
        unit.Records().ShouldContain("""{"eventType":"rent","film_id":"1"}""");
        unit.Query("SELECT event_id FROM result").ShouldBe(["good"]);
    }

    [Fact]
    public void Events_InAnyIncrements_AreWhatARebuildMakesOfThem()
    {
        var row =
            from id in Gen.Elements("a", "b", "c")
            from hour in Gen.Choose(0, 30)
            from type in Gen.Elements("'rent'", "'buy'", "NULL")
            from film in Gen.Choose(1, 3)
            select $"(TIMESTAMP '2026-01-01 00:00:00' + INTERVAL {hour} HOUR,{type},{film},'{id}')";
        var runs = Gen.ListOf(Gen.NonEmptyListOf(row));

        Prop.ForAll(runs.ToArbitrary(), increments =>
        {
            using var rebuilt = Unit();
            Arrive(rebuilt, [.. increments.SelectMany(rows => rows)]);
            rebuilt.Run(Sql);
            using var unit = Unit();
            foreach (var rows in increments)
            {
                Arrive(unit, [.. rows]);
                unit.Run(Sql);
                unit.Execute("DELETE FROM existing WHERE event_date IN (SELECT event_date FROM result); INSERT INTO existing SELECT * FROM result");
            }
            return unit.Query("SELECT * FROM existing ORDER BY ALL").SequenceEqual(rebuilt.Query("SELECT * FROM result ORDER BY ALL"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    private static SqlUnit Unit()
    {
        var unit = new SqlUnit();
        unit.Create("existing", Tables.Clean(FilmEvents));
        return unit;
    }

    // Time, type, film and id.
    private static void Arrive(SqlUnit unit, params string[] rows)
    {
        CleanSqlTests.Increment(unit, FilmEvents, FileFormat.Csv);
        if (rows.Length > 0)
            unit.Execute($"INSERT INTO increment (event_time, event_type, film_id, event_id) VALUES {string.Join(", ", rows)}; UPDATE increment SET _file = 's3://landing/f.parquet'");
    }
}
