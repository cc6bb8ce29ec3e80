using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Tests.DuckDb;

public sealed class DuckConnectionTests : IDisposable
{
    private readonly DuckDatabase _database = new();
    private readonly DuckConnection _connection;

    public DuckConnectionTests() => _connection = _database.Connect();

    [Fact]
    public void Version_OfTheLibrary_IsThePinnedOne() => DuckDatabase.Version.ShouldBe("v1.5.6");

    [Theory]
    [InlineData("true", "BOOLEAN", "true")]
    [InlineData("42::TINYINT", "TINYINT", "42")]
    [InlineData("-42::SMALLINT", "SMALLINT", "-42")]
    [InlineData("42", "INTEGER", "42")]
    [InlineData("9007199254740993", "BIGINT", "9007199254740993")]
    [InlineData("18446744073709551615::UBIGINT", "UBIGINT", "18446744073709551615")]
    [InlineData("-170141183460469231731687303715884105727::HUGEINT", "HUGEINT", "-170141183460469231731687303715884105727")]
    [InlineData("1.5::FLOAT", "FLOAT", "1.5")]
    [InlineData("1::DOUBLE", "DOUBLE", "1.0")]
    [InlineData("'nan'::DOUBLE", "DOUBLE", "nan")]
    [InlineData("-0.05::DECIMAL(4,2)", "DECIMAL(4,2)", "-0.05")]
    [InlineData("1234567.89::DECIMAL(9,2)", "DECIMAL(9,2)", "1234567.89")]
    [InlineData("123456789012345.678::DECIMAL(18,3)", "DECIMAL(18,3)", "123456789012345.678")]
    [InlineData("12345678901234567890123456789012345.678::DECIMAL(38,3)", "DECIMAL(38,3)", "12345678901234567890123456789012345.678")]
    [InlineData("'short'", "VARCHAR", "short")]
    [InlineData("'longer than the twelve bytes that fit in place: ü'", "VARCHAR", "longer than the twelve bytes that fit in place: ü")]
    [InlineData(@"'\xAA\x00b'::BLOB", "BLOB", @"\xAA\x00b")]
    [InlineData("DATE '2026-11-20'", "DATE", "2026-11-20")]
    [InlineData("DATE '1969-12-31'", "DATE", "1969-12-31")]
    [InlineData("TIME '01:02:03.5'", "TIME", "01:02:03.5")]
    [InlineData("TIMESTAMP '2026-11-20 01:02:03'", "TIMESTAMP", "2026-11-20 01:02:03")]
    [InlineData("TIMESTAMP '1900-01-01 01:02:03.000001'", "TIMESTAMP", "1900-01-01 01:02:03.000001")]
    [InlineData("TIMESTAMP_MS '2026-11-20 01:02:03.123'", "TIMESTAMP_MS", "2026-11-20 01:02:03.123")]
    [InlineData("INTERVAL 14 MONTHS", "INTERVAL", "1 year 2 months")]
    [InlineData("INTERVAL 90 MINUTES", "INTERVAL", "01:30:00")]
    [InlineData("'00112233-4455-6677-8899-aabbccddeeff'::UUID", "UUID", "00112233-4455-6677-8899-aabbccddeeff")]
    [InlineData("'b'::ENUM('a', 'b')", "ENUM('a', 'b')", "b")]
    [InlineData("[1, NULL, 3]", "INTEGER[]", "[1, NULL, 3]")]
    [InlineData("[1, 2]::INTEGER[2]", "INTEGER[2]", "[1, 2]")]
    [InlineData("{'a': 1, 'b': ['x']}", "STRUCT(\"a\" INTEGER, \"b\" VARCHAR[])", "{'a': 1, 'b': [x]}")]
    [InlineData("MAP {'k': 1}", "MAP(VARCHAR, INTEGER)", "{k=1}")]
    [InlineData("NULL::INTEGER", "INTEGER", null)]
    public void Query_OfEveryType_ReadsTypeAndText(string expression, string type, string? text)
    {
        using var result = _connection.Query($"SELECT {expression} AS v");
        result.Columns.ShouldHaveSingleItem().Name.ShouldBe("v");
        result.Columns[0].Type.ToString().ShouldBe(type);
        result.Read().ShouldBeTrue();
        result.IsNull(0).ShouldBe(text is null);
        result.GetText(0).ShouldBe(text);
        result.Read().ShouldBeFalse();
        result.Read().ShouldBeFalse();
        if (text is not null && !expression.Contains("nan", StringComparison.Ordinal))
            _connection.Scalar($"SELECT ({expression})::VARCHAR").ShouldBe(text);
    }

    [Fact]
    public void Query_OfManyRows_StreamsAllInOrder()
    {
        using var result = _connection.Query("SELECT i, 'row ' || i AS t FROM range(100000) r(i)");
        var expected = 0L;
        while (result.Read())
        {
            result.Get<long>(0).ShouldBe(expected);
            if (expected % 9999 == 0)
                result.GetBytes(1).SequenceEqual(System.Text.Encoding.UTF8.GetBytes($"row {expected}")).ShouldBeTrue();
            expected++;
        }

        expected.ShouldBe(100_000);
    }

    [Fact]
    public void Query_WithParameters_BindsEachType()
    {
        using var result = _connection.Query(
            "SELECT ? IS NULL, ?, ?, ?, ?, ?, ?::DECIMAL(5,2), ?, ?, ?",
            null, true, 7, 8L, 1.5, "it's ü", 12.34m, new DateOnly(2026, 11, 20), new DateTime(2026, 11, 20, 1, 2, 3), new byte[] { 1, 65 });
        result.Read().ShouldBeTrue();
        string.Join("|", Enumerable.Range(0, result.Columns.Count).Select(result.GetText))
            .ShouldBe(@"true|true|7|8|1.5|it's ü|12.34|2026-11-20|2026-11-20 01:02:03|\x01A");
    }

    [Theory]
    [InlineData("SELECT nonsense", "Binder Error")]
    [InlineData("SELEC 1", "Parser Error")]
    [InlineData("SELECT error('broken on the way')", "broken on the way")]
    public void Query_OfWrongSql_FailsInDuckDbsWords(string sql, string words) =>
        Should.Throw<DuckException>(() =>
        {
            using var result = _connection.Query(sql);
            while (result.Read())
            {
            }
        }).Message.ShouldContain(words);

    [Fact]
    public void Execute_OfSeveralStatements_ReturnsTheLastOnesRows()
    {
        _connection.Execute("CREATE TEMP TABLE t (i INTEGER); INSERT INTO t VALUES (1), (2), (3)").ShouldBe(3);
        _connection.Scalar("SELECT sum(i)::BIGINT FROM t").ShouldBe(6L);
    }

    [Fact]
    public void Execute_OfWrongSql_LeavesTheConnectionUsable()
    {
        Should.Throw<DuckException>(() => _connection.Execute("SELECT 1 +")).Message.ShouldContain("syntax error");
        _connection.Scalar("SELECT 1").ShouldBe(1);
    }

    [Fact]
    public async Task Interrupt_OfARunningQuery_MakesItFail()
    {
        // Streams, so that it runs into nothing else first, such as the limit of memory that a join of such tables reaches.
        var running = Task.Run(() => _connection.Execute("SELECT count(*) FROM range(1000000000000) WHERE range % 7 = 8"));
        while (!running.IsCompleted)
        {
            _connection.Interrupt();
            await Task.Yield();
        }

        (await Should.ThrowAsync<DuckException>(() => running)).ShouldSatisfyAllConditions(
            error => error.Message.ShouldContain("Interrupted"),
            error => error.Interrupted.ShouldBeTrue());
    }

    [Fact]
    public void Install_OfAnExtension_IsNotAttempted() =>
        Should.Throw<DuckException>(() => _connection.Execute("SELECT * FROM read_parquet('https://127.0.0.1:1/x.parquet')")).Message.ShouldContain("httpfs");

    [Theory]
    [InlineData("it's", "'it''s'", "\"it's\"")]
    [InlineData("a\"b", "'a\"b'", "\"a\"\"b\"")]
    public void Sql_Quotes_WhatItIsGiven(string text, string literal, string identifier)
    {
        Sql.Literal(text).ShouldBe(literal);
        Sql.Identifier(text).ShouldBe(identifier);
        _connection.Scalar($"SELECT {Sql.Literal(text)} AS {Sql.Identifier(text)}").ShouldBe(text);
    }

    [Fact]
    public void Library_ThatIsMissing_IsOneLineWithTheFix() =>
        Should.Throw<DuckException>(() => DuckDbLibrary.Find(Path.GetPathRoot(AppContext.BaseDirectory)!)).Message.ShouldContain("npm ci");

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }
}
