using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Tests.Dms;

[Collection(nameof(MariaDb))]
public sealed class TypeTests(MariaDb source)
{
    private const string Columns = """
        (id INT PRIMARY KEY, ti TINYINT, tu TINYINT UNSIGNED, su SMALLINT UNSIGNED, mi MEDIUMINT, iu INT UNSIGNED, bi BIGINT, bu BIGINT UNSIGNED, z INT(6) UNSIGNED ZEROFILL,
         de DECIMAL(30,10), d65 DECIMAL(65,30), f FLOAT, db DOUBLE, da DATE, dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP(3) NULL, t TIME, t6 TIME(6), y YEAR,
         c CHAR(10), cb BINARY(6), vc VARCHAR(300), vl VARCHAR(50) CHARACTER SET latin1, vb VARBINARY(300), tx TEXT, bl BLOB,
         e ENUM('a','it''s','x,y'), s SET('one','two','three'), b1 BIT(1), b9 BIT(9), g GEOMETRY, j JSON)
        """;

    private static readonly string[] Values =
    [
        """
        -128, 255, 65535, -8388608, 4294967295, -9223372036854775808, 18446744073709551615, 42, -12345678901234567890.0123456789,
         -12345678901234567890123456789012345.012345678901234567890123456789, 0.1, -1.5e300, '1000-01-01', '9999-12-31 23:59:59', '2026-11-20 10:11:12.000001', '2026-11-20 10:11:12.5',
         '-838:59:59', '-00:00:00.000001', 2155, 'é  ', x'0001', 'a "quoted", text
        of two lines', 'é€', x'00FF22', 'NULL', x'DEADBEEF', 'it''s', 'one,three', b'1', b'100000001', POINT(1.5, -2), '{"a": [1, "x,y"]}'
        """,
        "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1e38, 0.00001, '0001-01-01', '0001-01-01 00:00:00', '1970-01-01 00:00:00', '1970-01-01 00:00:01', '00:00:00', '838:59:59', 1901, '', x'', '', '', x'', '', x'', 'a', '', b'0', b'0', LINESTRING(POINT(0,0), POINT(1,1)), 'null'",
        string.Join(", ", Enumerable.Repeat("NULL", 32)),
    ];

    [Fact]
    public async Task Values_OfEveryType_AreTheSameFromTheLoadAndFromChanges()
    {
        await source.ExecuteAsync($"SET time_zone = '+00:00'; CREATE DATABASE kinds; CREATE TABLE kinds.t {Columns};" + Inserts(0));
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("kinds");
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("SET time_zone = '+00:00';" + Inserts(100));
        await dms.CaughtUpAsync(task);
        await dms.StopAsync(task);

        var rows = Landing.Reconstruct(dms, "kinds/t");
        rows.Count.ShouldBe(6);
        for (var i = 0; i < 3; i++)
            rows[$"{i + 100}"].Split('\t').Skip(1).ShouldBe(rows[$"{i}"].Split('\t').Skip(1));
        rows["0"].ShouldContain("-12345678901234567890123456789012345.012345678901234567890123456789\t0.10000000149011612\t-1.5e300\t1000-01-01");
        rows["0"].ShouldContain("000100000000\ta \"quoted\", text\nof two lines\té€\t00FF22\tNULL\tDEADBEEF\tit's\tone,three\t1\t0101");
    }

    [Fact]
    public async Task Parquet_OfLoadAndChanges_HasTheTypes()
    {
        await source.ExecuteAsync("CREATE DATABASE columnar; CREATE TABLE columnar.t (id INT UNSIGNED PRIMARY KEY, n DECIMAL(5,2), v VARCHAR(20), made DATETIME, b BLOB); INSERT INTO columnar.t VALUES (1, 4.99, '', '2026-01-02 03:04:05', x'00FF'), (2, NULL, NULL, NULL, NULL);");
        await using var dms = await DmsCloud.StartAsync(source);
        var target = await dms.TargetAsync("parquet", """ "IncludeOpForFullLoad":true,"DataFormat":"parquet","TimestampColumnName":"ts","CompressionType":"GZIP","UseTaskStartTimeForFullLoadTimestamp":true """);
        var task = await dms.TaskAsync("columnar", target: target);
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("UPDATE columnar.t SET v = 'new' WHERE id = 2;");
        await dms.CaughtUpAsync(task);
        await dms.StopAsync(task);

        var objects = dms.Objects("sakila/columnar/t/");
        objects.Count.ShouldBe(2);
        objects.Select(one => one.Key).ShouldContain("sakila/columnar/t/LOAD00000001.parquet");
        using var connection = dms.Cloud.Get<DuckDatabase>().Connect();
        var files = Sql.List(objects.Select(one => one.File));
        connection.Scalar($"SELECT string_agg(Op || id || coalesce(n::VARCHAR, '-') || coalesce(v, '-') || coalesce(made::VARCHAR, '-') || coalesce(hex(b), '-'), ' ' ORDER BY Op, id) FROM read_parquet({files})")
            .ShouldBe("I14.992026-01-02 03:04:0500FF I2---- U2-new--");
        connection.Scalar($"SELECT ts FROM read_parquet({files}) WHERE id = 1").ShouldBe("2026-11-20 09:00:00.000000");
    }

    private static string Inserts(int first) => string.Concat(Values.Select((values, index) => $"INSERT INTO kinds.t VALUES ({first + index}, {values});"));
}
