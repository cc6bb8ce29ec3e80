using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Etl.Tests;

/// <summary>Replicated tables in the clean zone: the rows as they are now.</summary>
public sealed class ChangeTests
{
    private static readonly Dataset Category = DatasetCatalog.Find("category");

    [Theory]
    [InlineData(FileFormat.Csv)]
    [InlineData(FileFormat.Parquet)]
    public void Row_IsWhatItsLastChangeMadeOfIt(FileFormat format)
    {
        using var unit = Unit();
        Arrive(unit, format,
            Row("I", 1, "Action", null), Row("I", 2, "Comedy", null), Row("I", 3, "Drama", null),
            Row("U", 1, "Thriller", "0002"), Row("U", 1, "Action!", "0001"), Row("D", 2, "Comedy", "0003"), Row("I", 4, "New", "0004"), Row("D", 4, "New", "0005"),
            Row("I", 4, "Newer", "0006"));

        unit.Run(CleanSql.For(Category, format));

        unit.Query("SELECT category_id, name, change_seq FROM result ORDER BY ALL").ShouldBe(["1|Thriller|0002", "3|Drama|NULL", "4|Newer|0006"]);
    }

    [Fact]
    public void Row_OfALaterRun_OverridesWhatIsThere_AndADeletionRemovesIt()
    {
        using var unit = Unit();
        Arrive(unit, FileFormat.Csv, Row("I", 1, "Action", null), Row("I", 2, "Comedy", null));
        Run(unit);
        Arrive(unit, FileFormat.Csv, Row("U", 1, "Thriller", "0001"), Row("D", 2, "Comedy", "0002"));
        Run(unit);
        // A file that comes late changes nothing that is newer.
        Arrive(unit, FileFormat.Csv, Row("U", 1, "Old", "0000"));
        Run(unit);

        unit.Query("SELECT category_id, name FROM existing").ShouldBe(["1|Thriller"]);
    }

    [Fact]
    public void Row_ThatDoesNotFit_IsRejected_AndADeletionNeedsItsKeyOnly()
    {
        using var unit = Unit();
        Arrive(unit, FileFormat.Csv,
            ("I", "99999", "Action", "2006-02-30 04:46:27", null), ("X", "NULL", "Comedy", "NULL", "0001"), ("I", "3", "Drama", "2006-02-15 04:46:27", null),
            ("D", "3", "NULL", "nonsense", "0002"));

        unit.Run(CleanSql.For(Category, FileFormat.Csv));

        unit.Rejects().ShouldBe([
            "InvalidValue: category_id \"99999\" does not fit smallint; last_update \"2006-02-30 04:46:27\" does not fit timestamp|s3://landing/f.csv",
            "MissingKey: op \"X\" is none of I, U, D; category_id is missing|s3://landing/f.csv",
        ]);
        unit.Query("SELECT * FROM result").ShouldBeEmpty();
    }

    [Fact]
    public void Null_IsDmssWord_AndAnEmptyTextIsOne()
    {
        using var unit = Unit();
        Arrive(unit, FileFormat.Csv, ("I", "1", "", "NULL", null), ("I", "2", "NULL", "2006-02-15 04:46:27", ""));

        unit.Run(CleanSql.For(Category, FileFormat.Csv));

        unit.Query("SELECT category_id, name IS NULL, last_update, change_seq FROM result ORDER BY ALL").ShouldBe(["1|false|NULL|NULL", "2|true|2006-02-15 04:46:27|NULL"]);
    }

    [Fact]
    public void Bytes_ArriveAsHexadecimals_AndBecomeBytes()
    {
        var address = DatasetCatalog.Find("address");
        using var unit = new SqlUnit();
        unit.Create("existing", Tables.Clean(address));
        CleanSqlTests.Increment(unit, address, FileFormat.Csv);
        unit.Execute("INSERT INTO increment (op, address_id, location) VALUES ('I', '1', '0001FF'), ('I', '2', 'NULL'), ('I', '3', '0x')");

        unit.Run(CleanSql.For(address, FileFormat.Csv));

        unit.Query("SELECT address_id, hex(location) FROM result ORDER BY ALL").ShouldBe(["1|0001FF", "2|NULL"]);
        unit.Query("SELECT reason FROM rejects").ShouldBe(["InvalidValue: location \"0x\" does not fit binary"]);
    }

    [Fact]
    public void Changes_InAnyIncrements_AreWhatARebuildMakesOfThem()
    {
        var kinds = Gen.ListOf(
            from operation in Gen.Elements("I", "U", "D")
            from key in Gen.Choose(1, 4)
            from cut in Gen.Choose(0, 3)
            select (operation, key, isEndOfRun: cut == 0));

        Prop.ForAll(kinds.ToArbitrary(), changes =>
        {
            var rows = changes.Select((change, i) => Row(change.operation, change.key, $"n{i}", i.ToString("0000", CultureInfo.InvariantCulture))).ToList();
            using var rebuilt = Unit();
            Arrive(rebuilt, FileFormat.Csv, [.. rows]);
            rebuilt.Run(CleanSql.For(Category, FileFormat.Csv));
            using var unit = Unit();
            List<(string, string, string, string, string?)> run = [];
            foreach (var (change, row) in changes.Zip(rows))
            {
                run.Add(row);
                if (!change.isEndOfRun)
                    continue;
                Arrive(unit, FileFormat.Csv, [.. run]);
                Run(unit);
                run.Clear();
            }
            Arrive(unit, FileFormat.Csv, [.. run]);
            Run(unit);
            return unit.Query("SELECT category_id, name, change_seq FROM existing ORDER BY ALL").SequenceEqual(rebuilt.Query("SELECT category_id, name, change_seq FROM result ORDER BY ALL"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    private static SqlUnit Unit()
    {
        var unit = new SqlUnit();
        unit.Create("existing", Tables.Clean(Category));
        return unit;
    }

    private static void Run(SqlUnit unit)
    {
        unit.Run(CleanSql.For(Category, FileFormat.Csv));
        unit.Execute("DELETE FROM existing; INSERT INTO existing SELECT *, 'current' FROM result");
    }

    private static (string, string, string, string, string?) Row(string operation, int key, string name, string? sequence) =>
        (operation, $"{key}", name, "2006-02-15 04:46:27", sequence);

    private static void Arrive(SqlUnit unit, FileFormat format, params (string Operation, string Key, string Name, string Update, string? Sequence)[] rows)
    {
        CleanSqlTests.Increment(unit, Category, format);
        foreach (var row in rows)
        {
            unit.Execute($"""
                INSERT INTO increment VALUES ('{row.Operation}', '2026-01-01 00:00:00.000000', '{row.Key}', '{row.Name}', '{row.Update}',
                  {(row.Sequence is { } sequence ? $"'{sequence}'" : "NULL")}, 's3://landing/f.csv')
                """);
        }
    }
}
