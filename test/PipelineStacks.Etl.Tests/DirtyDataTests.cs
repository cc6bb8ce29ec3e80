using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Etl.Tests;

/// <summary>What docs/quality.md promises of dirty data, on files of a foreign schema: all of it is in clean or in quarantine, and nothing twice.</summary>
public sealed class DirtyDataTests
{
    private static readonly Dataset PlayLogs = DatasetCatalog.Find("play_logs");
    private static readonly string Sql = CleanSql.For(PlayLogs, FileFormat.Csv);

    private const string Columns = "log_id VARCHAR, played_at VARCHAR, player VARCHAR, game VARCHAR, session VARCHAR, event VARCHAR, score VARCHAR, level VARCHAR, _file VARCHAR";

    [Theory]
    [InlineData("score", "12", "12", null)]
    [InlineData("score", "+12", "12", null)]
    [InlineData("score", "-0012", "-12", null)]
    [InlineData("score", "12.0", "12", null)]
    [InlineData("score", "2147483647", "2147483647", null)]
    [InlineData("score", "2147483648", null, "score \"2147483648\" does not fit int")]
    [InlineData("score", "99999999999999999999", null, "score \"99999999999999999999\" does not fit int")]
    [InlineData("score", "12.5", null, "score \"12.5\" does not fit int")]
    [InlineData("score", " 12", null, "score \" 12\" does not fit int")]
    [InlineData("score", "12\n", null, "score \"12\n\" does not fit int")]
    [InlineData("score", "1e3", null, "score \"1e3\" does not fit int")]
    [InlineData("score", "1_000", null, "score \"1_000\" does not fit int")]
    [InlineData("score", "0x1F", null, "score \"0x1F\" does not fit int")]
    [InlineData("score", "", null, "score \"\" does not fit int")]
    [InlineData("score", "high", null, "score \"high\" does not fit int")]
    [InlineData("played_at", "2026-01-01 10:00:00", "2026-01-01 10:00:00", null)]
    [InlineData("played_at", "2026-01-01T10:00:00.5Z", "2026-01-01 10:00:00.5", null)]
    [InlineData("played_at", "2024-02-29 23:59:59.999999", "2024-02-29 23:59:59.999999", null)]
    [InlineData("played_at", "2026-02-29 10:00:00", null, "played_at \"2026-02-29 10:00:00\" does not fit timestamp")]
    [InlineData("played_at", "2026-13-01 10:00:00", null, "played_at \"2026-13-01 10:00:00\" does not fit timestamp")]
    [InlineData("played_at", "0000-00-00 00:00:00", null, "played_at \"0000-00-00 00:00:00\" does not fit timestamp")]
    [InlineData("played_at", "1899-12-31 23:59:59", null, "played_at \"1899-12-31 23:59:59\" does not fit timestamp")]
    [InlineData("played_at", "2026-01-01 24:00:00", null, "played_at \"2026-01-01 24:00:00\" does not fit timestamp")]
    [InlineData("played_at", "2026-01-01 10:00:60", null, "played_at \"2026-01-01 10:00:60\" does not fit timestamp")]
    [InlineData("played_at", "2026-01-01 10:00:00+01:00", null, "played_at \"2026-01-01 10:00:00+01:00\" does not fit timestamp")]
    [InlineData("played_at", "1.1.2026", null, "played_at \"1.1.2026\" does not fit timestamp")]
    [InlineData("played_at", "infinity", null, "played_at \"infinity\" does not fit timestamp")]
    public void Value_FitsItsType_OrIsRejectedWithColumnAndValue(string column, string text, string? value, string? reason)
    {
        using var unit = Unit(Columns);
        var row = Row();
        row[column] = text;
        Insert(unit, row);

        unit.Run(Sql);

        unit.Query($"SELECT {column} FROM result").ShouldBe(value is null ? [] : [value]);
        unit.Query("SELECT reason FROM rejects").ShouldBe(reason is null ? [] : [$"InvalidValue: {reason}"]);
    }

    [Fact]
    public void Row_WithSeveralFaults_IsRejectedOnce_WithAllOfThem_AndItsRecordIsJson()
    {
        using var unit = Unit(Columns);
        Insert(unit, new() { ["played_at"] = "yesterday", ["player"] = "a \"b\" \\c\nd\te", ["score"] = "1e9", ["_file"] = "s3://landing/play_logs/1.json" });

        unit.Run(Sql);

        unit.Rejects().ShouldBe(["MissingKey: log_id is missing; played_at \"yesterday\" does not fit timestamp; score \"1e9\" does not fit int|s3://landing/play_logs/1.json"]);
        unit.Records().ShouldBe(["""{"played_at":"yesterday","player":"a \"b\" \\c\nd\te","score":"1e9"}"""]);
    }

    [Fact]
    public void Column_ThatNoFileHas_IsEmpty_AndRowsStay()
    {
        using var unit = Unit("log_id VARCHAR, played_at VARCHAR, player VARCHAR, _file VARCHAR");
        Insert(unit, new() { ["log_id"] = "a", ["played_at"] = "2026-01-01 10:00:00", ["player"] = "p", ["_file"] = "f" });

        unit.Run(Sql);

        unit.Query("SELECT log_id, player, score, level FROM result").ShouldBe(["a|p|NULL|NULL"]);
        unit.Rejects().ShouldBeEmpty();
    }

    [Fact]
    public void Column_OfTheKey_ThatNoFileHas_RejectsAll()
    {
        using var unit = Unit("played_at VARCHAR, player VARCHAR, _file VARCHAR");
        Insert(unit, new() { ["played_at"] = "2026-01-01 10:00:00", ["player"] = "p", ["_file"] = "f" });

        unit.Run(Sql);

        unit.Rejects().ShouldBe(["MissingKey: log_id is missing|f"]);
    }

    [Fact]
    public void Column_ThatIsNew_IsLeftOut_UntilTheDefinitionNamesIt()
    {
        using var unit = Unit($"{Columns}, device VARCHAR");
        var row = Row();
        row["device"] = "console";
        Insert(unit, row);

        unit.Run(Sql);

        unit.Columns().ShouldNotContain("device");
        unit.Query("SELECT log_id FROM result").ShouldBe(["a"]);
    }

    [Theory]
    [InlineData("INTEGER", "7", "7")]
    [InlineData("BIGINT", "7", "7")]
    [InlineData("DOUBLE", "7.0", "7")]
    [InlineData("VARCHAR", "'7'", "7")]
    public void Column_ThatChangedItsType_IsReadAsBefore(string type, string value, string expected)
    {
        using var unit = Unit(Columns.Replace("score VARCHAR", $"score {type}", StringComparison.Ordinal));
        unit.Execute($"INSERT INTO increment (log_id, played_at, score) VALUES ('a', '2026-01-01 10:00:00', {value})");

        unit.Run(Sql);

        unit.Query("SELECT score FROM result").ShouldBe([expected]);
    }

    [Fact]
    public void Rows_AreAllCountedFor()
    {
        using var unit = Unit(Columns);
        string[] ids = ["a", "b", "a", "c", ""];
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            var row = Row();
            row["log_id"] = id.Length == 0 ? null : id;
            row["score"] = i == 3 ? "many" : "1";
            Insert(unit, row);
        }

        unit.Run(Sql);

        // Five came: two are clean, one was there already, and two are rejected.
        unit.Query("SELECT count(*) FROM result").ShouldBe(["2"]);
        unit.Query("SELECT count(*) FROM rejects").ShouldBe(["2"]);
        unit.Query("SELECT count(*) - count(DISTINCT log_id) FROM checked WHERE reason = ''").ShouldBe(["1"]);
    }

    private static Dictionary<string, string?> Row() => new()
    {
        ["log_id"] = "a",
        ["played_at"] = "2026-01-01 10:00:00",
        ["player"] = "p",
        ["game"] = "g",
        ["session"] = "s",
        ["event"] = "score",
        ["score"] = "1",
        ["level"] = "1",
        ["_file"] = "f",
    };

    private static SqlUnit Unit(string columns)
    {
        var unit = new SqlUnit();
        unit.Execute($"CREATE TABLE increment ({columns})");
        unit.Create("existing", Tables.Clean(PlayLogs));
        return unit;
    }

    private static void Insert(SqlUnit unit, Dictionary<string, string?> row) => unit.Execute(
        $"INSERT INTO increment ({string.Join(", ", row.Keys)}) VALUES ({string.Join(", ", row.Values.Select(value => value is null ? "NULL" : $"'{value}'"))})");
}
