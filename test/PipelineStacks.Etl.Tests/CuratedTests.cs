using System.Text.RegularExpressions;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Etl.Tests;

/// <summary>The curated SQL on clean tables that are made here, Sakila's golden numbers among them.</summary>
public sealed partial class CuratedTests
{
    private static readonly Dictionary<string, int> Categories = new()
    {
        ["Sports"] = 74, ["Foreign"] = 73, ["Family"] = 69, ["Documentary"] = 68, ["Animation"] = 66, ["Action"] = 64, ["New"] = 63, ["Drama"] = 62,
        ["Sci-Fi"] = 61, ["Games"] = 61, ["Children"] = 60, ["Comedy"] = 58, ["Classics"] = 57, ["Travel"] = 57, ["Horror"] = 56, ["Music"] = 51,
    };

    public static TheoryData<string> Names => [.. CuratedCatalog.All.Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Sql_OnNothing_YieldsNothing_InTheColumnsOfTheTable(string name)
    {
        using var unit = Unit();

        var table = Run(unit, name);

        unit.Columns().ShouldBe(
            [.. table.Columns.Select(column => column.Name), .. table.Partition is { } partition ? [partition.Name] : Array.Empty<string>()]);
        unit.Query("SELECT count(*) FROM result").ShouldBe(["0"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sql_ReadsWhatItsDefinitionSays_AndWritesItsTable(string name)
    {
        var table = Table(name);
        var sql = File.ReadAllText(AllSql.CuratedFile(table));

        Reference().Matches(sql).Select(match => match.Value).Distinct().ShouldBe([.. table.Reads.Select(read => read.Sql), TableReference.Curated(name).Sql], ignoreOrder: true);
        sql.ShouldStartWith($"-- target: ${{curated}}.{name}\n");
    }

    [Fact]
    public void Folder_HoldsOneFilePerTable() =>
        Directory.EnumerateFiles(RepositoryRoot.PathOf("src", "jobs", "sql", "curated")).Select(Path.GetFileName)
            .ShouldBe(CuratedCatalog.All.Select(table => table.SqlFile), ignoreOrder: true);

    [Fact]
    public void Tables_ComeAfterThoseThatTheyRead()
    {
        var made = new List<string>();
        foreach (var table in CuratedCatalog.All)
        {
            table.Reads.Where(read => read.Zone == ZoneName.Curated).ShouldAllBe(read => made.Contains(read.Name));
            made.Add(table.Name);
        }
    }

    [Fact]
    public void FilmCategory_HasEachFilm_AndTheGoldenNumberOfEachCategory()
    {
        using var unit = Unit();
        AddFilms(unit);

        Run(unit, "film_category");

        unit.Query("SELECT count(*) FROM result").ShouldBe(["1000"]);
        unit.Query("SELECT category, count(*) FROM result GROUP BY 1 ORDER BY ALL")
            .ShouldBe(Categories.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}|{pair.Value}"));
        unit.Query("SELECT DISTINCT release_year, language, original_language FROM result").ShouldBe(["2006|English|NULL"]);
    }

    [Fact]
    public void StreamingFilms_AreAsManyAsEvents_AndEachHasACategory()
    {
        using var unit = Unit();
        AddFilms(unit);
        AddEvents(unit, 5000);
        Keep(unit, "film_category");

        Keep(unit, "streaming_films");
        Run(unit, "category_streams");

        unit.Query("SELECT count(*), count(category), count(DISTINCT event_id) FROM curated.streaming_films").ShouldBe(["5000|5000|5000"]);
        unit.Query("SELECT sum(streams) FROM result").ShouldBe(["5000"]);
        unit.Query("SELECT count(DISTINCT category) FROM result").ShouldBe(["16"]);
        unit.Query("SELECT films FROM result WHERE category = 'Music' AND event_type = 'rent'").ShouldBe(["51"]);
    }

    [Fact]
    public void StreamingFilms_CountAnEventOnce_EvenIfItsFilmIsInTwoCategories_OrUnknown()
    {
        using var unit = Unit();
        unit.Execute("""
            INSERT INTO curated.film_category (film_id, title, category) VALUES (1, 'A', 'Drama'), (1, 'A', 'Action');
            INSERT INTO clean.film_events (event_id, film_id) VALUES ('x', 1), ('y', 2), ('z', NULL)
            """);

        Run(unit, "streaming_films");

        unit.Query("SELECT event_id, title, category FROM result ORDER BY ALL").ShouldBe(["x|A|Action", "y|NULL|NULL", "z|NULL|NULL"]);
    }

    [Fact]
    public void FilmRevenue_AddsUpRentalsAndPayments_ByFilmStoreAndMonth()
    {
        using var unit = Unit();
        unit.Execute("""
            INSERT INTO curated.film_category (film_id, title, category) VALUES (1, 'A', 'Drama'), (2, 'B', 'Action');
            INSERT INTO clean.inventory (inventory_id, film_id, store_id) VALUES (10, 1, 1), (11, 1, 2), (20, 2, 1);
            INSERT INTO clean.rental (rental_id, rental_date, inventory_id) VALUES
              (100, '2005-05-31 10:00:00', 10), (101, '2005-06-01 10:00:00', 10), (102, '2005-06-02 10:00:00', 11), (103, '2005-06-03 10:00:00', 20);
            INSERT INTO clean.payment (payment_id, rental_id, amount, payment_date) VALUES
              (1, 100, 2.99, '2005-06-01 00:00:00'), (2, 101, 0.99, '2005-06-01 10:00:00'), (3, 102, 4.99, '2005-06-02 10:00:00'), (4, NULL, 1.00, '2005-06-05 10:00:00')
            """);

        Run(unit, "film_revenue");

        unit.Query("SELECT film_id, title, category, store_id, month, rentals, payments, revenue FROM result ORDER BY film_id NULLS LAST, store_id, month").ShouldBe([
            "1|A|Drama|1|2005-05|1|0|0.00", "1|A|Drama|1|2005-06|1|2|3.98", "1|A|Drama|2|2005-06|1|1|4.99", "2|B|Action|1|2005-06|1|0|0.00",
            "NULL|NULL|NULL|NULL|2005-06|0|1|1.00"]);
        unit.Query("SELECT sum(revenue) = (SELECT sum(amount) FROM clean.payment), sum(rentals), sum(payments) FROM result").ShouldBe(["true|4|4"]);
    }

    [Fact]
    public void PlayerSessions_AddUpAPlayersMinute()
    {
        using var unit = Unit();
        unit.Execute("""
            INSERT INTO clean.play_logs (log_id, played_at, player, game, session, event, score, level, play_date) VALUES
              ('a', '2026-01-01 10:00:01', 'p', 'tetris', 's1', 'start', 0, 1, '2026-01-01'),
              ('b', '2026-01-01 10:00:30', 'p', 'tetris', 's1', 'score', 40, 2, '2026-01-01'),
              ('c', '2026-01-01 10:00:59', 'p', 'pac-man', 's2', 'score', 2, NULL, '2026-01-01'),
              ('d', '2026-01-01 10:01:00', 'p', 'tetris', 's1', 'move', 9, 3, '2026-01-01'),
              ('e', '2026-01-01 10:00:00', 'q', 'tetris', 's3', 'move', NULL, 1, '2026-01-01')
            """);

        Run(unit, "player_sessions");

        unit.Query("SELECT player, minute, events, games, sessions, score, top_level, play_date FROM result ORDER BY ALL").ShouldBe([
            "p|2026-01-01 10:00:00|3|2|2|42|2|2026-01-01", "p|2026-01-01 10:01:00|1|1|1|0|3|2026-01-01", "q|2026-01-01 10:00:00|1|1|1|0|1|2026-01-01"]);
    }

    private static CuratedTable Table(string name) => CuratedCatalog.All.Single(table => table.Name == name);

    private static SqlUnit Unit()
    {
        var unit = new SqlUnit();
        foreach (var dataset in DatasetCatalog.All)
            unit.Create($"clean.{dataset.Name}", Tables.Clean(dataset));
        foreach (var table in CuratedCatalog.All)
            unit.Create($"curated.{table.Name}", Tables.Curated(table));
        return unit;
    }

    private static CuratedTable Run(SqlUnit unit, string name)
    {
        var table = Table(name);
        unit.Run(File.ReadAllText(AllSql.CuratedFile(table)));
        return table;
    }

    private static void Keep(SqlUnit unit, string name)
    {
        Run(unit, name);
        unit.Execute($"INSERT INTO curated.{name} BY NAME SELECT * FROM result");
    }

    private static void AddFilms(SqlUnit unit)
    {
        unit.Execute("""
            INSERT INTO clean.language (language_id, name) VALUES (1, 'English'), (2, 'Italian');
            INSERT INTO clean.film (film_id, title, release_year, language_id) SELECT i, 'Film ' || i, 2006, 1 FROM range(1, 1001) films(i)
            """);
        var film = 1;
        foreach (var ((name, count), i) in Categories.Select((pair, i) => (pair, i + 1)))
        {
            unit.Execute($"""
                INSERT INTO clean.category (category_id, name) VALUES ({i}, '{name}');
                INSERT INTO clean.film_category (film_id, category_id) SELECT film, {i} FROM range({film}, {film + count}) films(film)
                """);
            film += count;
        }
    }

    private static void AddEvents(SqlUnit unit, int count) => unit.Execute($"""
        INSERT INTO clean.film_events (event_id, event_time, event_type, film_id, event_date)
        SELECT 'e' || i, TIMESTAMP '2026-01-01 00:00:00' + INTERVAL (i) SECOND, CASE WHEN i < 4000 THEN 'rent' ELSE 'trailer' END, 1 + (i * 7) % 1000, DATE '2026-01-01'
        FROM range({count}) events(i)
        """);

    [GeneratedRegex(@"\$\{\w+\}\.\w+")]
    private static partial Regex Reference();
}
