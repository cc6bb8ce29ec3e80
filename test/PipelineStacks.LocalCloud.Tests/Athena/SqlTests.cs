namespace PipelineStacks.LocalCloud.Tests.Athena;

/// <summary>Expressions and what Athena prints for them, by Trino's documentation.</summary>
public sealed class SqlTests(AthenaCloud cloud) : IClassFixture<AthenaCloud>
{
    public static TheoryData<string, string> Expressions => new()
    {
        // Numbers
        { "5 / 2", "2" },
        { "-7 / 2", "-3" },
        { "7 % 3", "1" },
        { "5 / 2e0", "2.5" },
        { "10.0 / 3", "3.3" },
        { "1.25 * 1.5", "1.875" },
        { "1 + 1.5", "2.5" },
        { "abs(-3)", "3" },
        { "ceil(1.2e0)", "2.0" },
        { "floor(-1.2e0)", "-2.0" },
        { "round(2.5e0)", "3.0" },
        { "round(1.2345e0, 2)", "1.23" },
        { "truncate(-1.9e0)", "-1.0" },
        { "sign(-4)", "-1" },
        { "sqrt(16e0)", "4.0" },
        { "cbrt(27e0)", "3.0" },
        { "power(2, 10)", "1024.0" },
        { "mod(10, 4)", "2" },
        { "log2(8e0)", "3.0" },
        { "log(2, 8)", "3.0" },
        { "exp(0)", "1.0" },
        { "greatest(1, 3, 2)", "3" },
        { "least(1, NULL)", "∅" },
        { "1e10", "1.0E10" },
        { "123456.75e0", "123456.75" },
        { "1e-4", "1.0E-4" },
        { "0.001e0", "0.001" },
        { "12345678e0", "1.2345678E7" },
        { "infinity()", "Infinity" },
        { "is_nan(nan())", "true" },
        { "width_bucket(5.3e0, 0, 10, 5)", "3" },
        { "from_base('ff', 16)", "255" },
        { "to_base(255, 16)", "ff" },
        { "bitwise_and(12, 10)", "8" },
        { "DECIMAL '12.50'", "12.50" },
        // Texts
        { "'it''s'", "it's" },
        { "lower('ABC')", "abc" },
        { "upper('abc')", "ABC" },
        { "length('hello')", "5" },
        { "concat('a', 'b', 'c')", "abc" },
        { "concat('a', NULL)", "∅" },
        { "'a' || 'b'", "ab" },
        { "concat_ws(',', 'a', NULL, 'b')", "a,b" },
        { "substr('hello', 2)", "ello" },
        { "substr('hello', 2, 3)", "ell" },
        { "substr('hello', -3)", "llo" },
        { "substr('hello', 0)", "" },
        { "substring('hello' FROM 2 FOR 2)", "el" },
        { "strpos('hello', 'l')", "3" },
        { "position('l' IN 'hello')", "3" },
        { "replace('hello', 'l', 'L')", "heLLo" },
        { "reverse('abc')", "cba" },
        { "trim('  a ')", "a" },
        { "ltrim('  a ')", "a " },
        { "trim(LEADING 'x' FROM 'xxa')", "a" },
        { "lpad('7', 3, '0')", "007" },
        { "rpad('a', 3, '.')", "a.." },
        { "split('a,b,c', ',')", "[a, b, c]" },
        { "split('a,b,c', ',', 2)", "[a, b,c]" },
        { "split_part('a:b:c', ':', 2)", "b" },
        { "split_part('a:b', ':', 5)", "∅" },
        { "split_to_map('a=1,b=2', ',', '=')", "{a=1, b=2}" },
        { "starts_with('hello', 'he')", "true" },
        { "translate('abcd', 'ab', 'xy')", "xycd" },
        { "levenshtein_distance('kitten', 'sitting')", "3" },
        { "chr(65)", "A" },
        { "codepoint('A')", "65" },
        { "format('%s is %d', 'x', 5)", "x is 5" },
        { "to_hex(to_utf8('ab'))", "6162" },
        { "to_utf8('ab')", "61 62" },
        { "from_utf8(from_hex('6162'))", "ab" },
        { "lower(to_hex(md5(to_utf8('a'))))", "0cc175b9c0f1b6a831c399e269772661" },
        { "to_base64(to_utf8('abc'))", "YWJj" },
        { "regexp_like('abc123', '\\d+')", "true" },
        { "regexp_extract('abc123', '\\d+')", "123" },
        { "regexp_extract('abc', '\\d+')", "∅" },
        { "regexp_extract('k=v', '(\\w)=(\\w)', 2)", "v" },
        { "regexp_extract_all('1a2b', '\\d')", "[1, 2]" },
        { "regexp_replace('1a2b', '\\d')", "ab" },
        { "regexp_replace('1a2b', '(\\d)', '<$1>')", "<1>a<2>b" },
        { "regexp_split('a1b2c', '\\d')", "[a, b, c]" },
        { "regexp_count('1a2b', '\\d')", "2" },
        { "url_extract_host('https://user@www.example.com:8080/a/b?q=1#f')", "www.example.com" },
        { "url_extract_path('https://www.example.com/a/b?q=1')", "/a/b" },
        { "url_extract_parameter('https://e.com/?a=1&b=x%20y', 'b')", "x y" },
        { "'abc' LIKE 'a%'", "true" },
        { "'a_c' LIKE 'a\\_c' ESCAPE '\\'", "true" },
        // Dates and times
        { "DATE '2026-11-20'", "2026-11-20" },
        { "TIMESTAMP '2026-11-20 09:00:00'", "2026-11-20 09:00:00.000" },
        { "TIMESTAMP '2026-11-20 09:00:00 UTC'", "2026-11-20 09:00:00.000 UTC" },
        { "current_date", "2026-11-20" },
        { "current_timestamp", "2026-11-20 09:00:00.000 UTC" },
        { "DATE '2026-01-31' + INTERVAL '1' MONTH", "2026-02-28" },
        { "TIMESTAMP '2026-01-01 00:00:00' - INTERVAL '90' MINUTE", "2025-12-31 22:30:00.000" },
        { "INTERVAL '2' DAY", "2 00:00:00.000" },
        { "date_add('day', -1, DATE '2026-03-01')", "2026-02-28" },
        { "date_add('hour', 5, TIMESTAMP '2026-03-01 20:00:00')", "2026-03-02 01:00:00.000" },
        { "date_diff('day', DATE '2026-01-01', DATE '2026-03-01')", "59" },
        { "date_diff('month', DATE '2026-01-15', DATE '2026-02-14')", "0" },
        { "date_trunc('month', DATE '2026-11-20')", "2026-11-01" },
        { "date_trunc('hour', TIMESTAMP '2026-11-20 09:59:59')", "2026-11-20 09:00:00.000" },
        { "year(DATE '2026-11-20')", "2026" },
        { "extract(month FROM DATE '2026-11-20')", "11" },
        { "day_of_week(DATE '2026-11-22')", "7" },
        { "day_of_year(DATE '2026-02-01')", "32" },
        { "week(DATE '2026-01-01')", "1" },
        { "year_of_week(DATE '2027-01-01')", "2026" },
        { "quarter(DATE '2026-11-20')", "4" },
        { "millisecond(TIMESTAMP '2026-11-20 09:00:01.234')", "234" },
        { "last_day_of_month(DATE '2026-02-03')", "2026-02-28" },
        { "date_format(TIMESTAMP '2026-11-20 09:05:07', '%Y/%m/%d %H:%i:%s')", "2026/11/20 09:05:07" },
        { "date_format(DATE '2026-11-20', '%M %e, %W')", "November 20, Friday" },
        { "date_parse('20/11/2026 09:05', '%d/%m/%Y %H:%i')", "2026-11-20 09:05:00.000" },
        { "format_datetime(TIMESTAMP '2026-11-20 09:05:07', 'yyyy-MM-dd HH:mm')", "2026-11-20 09:05" },
        { "from_unixtime(1.5)", "1970-01-01 00:00:01.500 UTC" },
        { "to_unixtime(TIMESTAMP '1970-01-01 00:00:01.5')", "1.5" },
        { "from_iso8601_date('2026-11-20')", "2026-11-20" },
        { "from_iso8601_timestamp('2026-11-20T10:00:00+01:00')", "2026-11-20 09:00:00.000 UTC" },
        { "to_iso8601(DATE '2026-11-20')", "2026-11-20" },
        { "date('2026-11-20')", "2026-11-20" },
        // Casts
        { "CAST('12' AS integer) + 1", "13" },
        { "TRY_CAST('x' AS integer)", "∅" },
        { "TRY(CAST('x' AS integer))", "∅" },
        { "CAST(1.5e0 AS varchar)", "1.5E0" },
        { "CAST(12345678e0 AS varchar)", "1.2345678E7" },
        { "CAST(0.05e0 AS varchar)", "5.0E-2" },
        { "CAST(TIMESTAMP '2026-11-20 09:00:00' AS varchar)", "2026-11-20 09:00:00.000" },
        { "CAST(12 AS varchar(1))", "1" },
        { "CAST('2026-11-20 09:00:00' AS timestamp(3))", "2026-11-20 09:00:00.000" },
        { "CAST(2.345 AS decimal(10,2))", "2.35" },
        { "CAST(ROW(1, 'a') AS ROW(x integer, y varchar))", "{x=1, y=a}" },
        { "typeof(1)", "integer" },
        { "typeof(1.5)", "decimal(2,1)" },
        // Conditions
        { "if(1 > 2, 'a', 'b')", "b" },
        { "if(1 > 2, 'a')", "∅" },
        { "coalesce(NULL, 'x')", "x" },
        { "nullif(1, 1)", "∅" },
        { "CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END", "two" },
        { "1 IS DISTINCT FROM NULL", "true" },
        { "NOT true", "false" },
        { "1 BETWEEN 0 AND 2", "true" },
        { "EXISTS (SELECT 1)", "true" },
        { "3 IN (SELECT x FROM (VALUES 1, 3) t(x))", "true" },
        { "3 > ALL (SELECT x FROM (VALUES 1, 2) t(x))", "true" },
        // Arrays, maps, rows, JSON
        { "ARRAY[1, NULL, 3]", "[1, null, 3]" },
        { "ARRAY['a', 'b'][2]", "b" },
        { "cardinality(ARRAY[1, 2])", "2" },
        { "cardinality(MAP(ARRAY['a'], ARRAY[1]))", "1" },
        { "element_at(ARRAY[1, 2], 5)", "∅" },
        { "element_at(MAP(ARRAY['a'], ARRAY[1]), 'a')", "1" },
        { "MAP(ARRAY['a', 'b'], ARRAY[1, 2])", "{a=1, b=2}" },
        { "map_keys(MAP(ARRAY['a', 'b'], ARRAY[1, 2]))", "[a, b]" },
        { "contains(ARRAY[1, 2], 2)", "true" },
        { "array_join(ARRAY['a', NULL, 'c'], '-')", "a-c" },
        { "array_join(ARRAY['a', NULL, 'c'], '-', '?')", "a-?-c" },
        { "array_position(ARRAY[1, 2], 9)", "0" },
        { "array_sort(ARRAY[3, NULL, 1])", "[1, 3, null]" },
        { "array_distinct(ARRAY[1, 1])", "[1]" },
        { "array_max(ARRAY[1, 5, 2])", "5" },
        { "array_remove(ARRAY[1, 2, 1], 1)", "[2]" },
        { "arrays_overlap(ARRAY[1, 2], ARRAY[2, 3])", "true" },
        { "slice(ARRAY[1, 2, 3, 4], 2, 2)", "[2, 3]" },
        { "sequence(1, 4)", "[1, 2, 3, 4]" },
        { "sequence(DATE '2026-01-01', DATE '2026-01-03')", "[2026-01-01, 2026-01-02, 2026-01-03]" },
        { "flatten(ARRAY[ARRAY[1], ARRAY[2, 3]])", "[1, 2, 3]" },
        { "transform(ARRAY[1, 2], x -> x * 10)", "[10, 20]" },
        { "filter(ARRAY[1, 2, 3], x -> x > 1)", "[2, 3]" },
        { "reduce(ARRAY[1, 2, 3], 0, (s, x) -> s + x, s -> s)", "6" },
        { "any_match(ARRAY[1, 2], x -> x = 2)", "true" },
        { "all_match(ARRAY[1, 2], x -> x > 1)", "false" },
        { "repeat('a', 2)", "[a, a]" },
        { "ROW(1, 'a')", "{field0=1, field1=a}" },
        { "json_extract_scalar('{\"a\":{\"b\":\"x\"}}', '$.a.b')", "x" },
        { "json_extract_scalar('{\"a\":{\"b\":\"x\"}}', '$.a')", "∅" },
        { "json_extract('{\"a\":[1,2]}', '$.a')", "[1,2]" },
        { "json_array_length('[1,2,3]')", "3" },
        { "CAST(json_extract('{\"a\":5}', '$.a') AS integer)", "5" },
        { "json_format(json_parse('{\"a\" : 1}'))", "{\"a\":1}" },
        { "VARCHAR 'x'", "x" },
        { "X'6162'", "61 62" },
    };

    [Theory]
    [MemberData(nameof(Expressions))]
    public async Task Select_OfAnExpression_PrintsWhatAthenaPrints(string expression, string expected) =>
        (await cloud.RowsAsync($"SELECT {expression}")).ShouldBe([expected]);

    [Theory]
    [InlineData("SELECT sum(x), avg(x), min(x), max(x), count(*), count(DISTINCT x) FROM (VALUES 1, 2, 2) t(x)", "5|1.6666666666666667|1|2|3|2")]
    [InlineData("SELECT avg(x) FROM (VALUES 1.50, 2.25) t(x)", "1.88")]
    [InlineData("SELECT sum(x) / count(*) FROM (VALUES 1, 2, 2) t(x)", "1")]
    [InlineData("SELECT count_if(x > 1), bool_and(x > 0), every(x > 1) FROM (VALUES 1, 2) t(x)", "1|true|false")]
    [InlineData("SELECT max_by(n, x), min_by(n, x) FROM (VALUES ('a', 1), ('b', 2)) t(n, x)", "b|a")]
    [InlineData("SELECT array_agg(x ORDER BY x DESC) FROM (VALUES 1, 2) t(x)", "[2, 1]")]
    [InlineData("SELECT map_agg(n, x) FROM (VALUES ('a', 1)) t(n, x)", "{a=1}")]
    [InlineData("SELECT histogram(n) FROM (VALUES 'a', 'b', 'a') t(n)", "{a=2, b=1}")]
    [InlineData("SELECT approx_distinct(x) FROM (VALUES 1, 1, 2) t(x)", "2")]
    [InlineData("SELECT approx_percentile(x, 0.5) FROM (VALUES 1, 2, 3) t(x)", "2")]
    [InlineData("SELECT listagg(n, '/') WITHIN GROUP (ORDER BY n) FROM (VALUES 'b', 'a') t(n)", "a/b")]
    [InlineData("SELECT sum(x) FILTER (WHERE x > 1) FROM (VALUES 1, 2) t(x)", "2")]
    [InlineData("SELECT arbitrary(x) FROM (VALUES 1) t(x)", "1")]
    public async Task Select_OfAggregates_PrintsWhatAthenaPrints(string sql, string expected) => (await cloud.RowsAsync(sql)).ShouldBe([expected]);

    [Theory]
    [InlineData("SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS t(n, s) ORDER BY n DESC", "2|b", "1|a")]
    [InlineData("SELECT x FROM (VALUES 3, 1, NULL) t(x) ORDER BY x DESC", "3", "1", "∅")]
    [InlineData("SELECT x FROM (VALUES 1, 2, 3) t(x) ORDER BY x OFFSET 1 LIMIT 1", "2")]
    [InlineData("SELECT x FROM (VALUES 1, 2, 3) t(x) ORDER BY x FETCH FIRST 2 ROWS ONLY", "1", "2")]
    [InlineData("WITH a AS (SELECT 1 AS n), b AS (SELECT n + 1 AS n FROM a) SELECT * FROM a UNION ALL SELECT * FROM b ORDER BY 1", "1", "2")]
    [InlineData("WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT max(n) FROM t", "3")]
    [InlineData("SELECT n, e, i FROM (VALUES (1, ARRAY['x', 'y'])) v(n, a) CROSS JOIN UNNEST(a) WITH ORDINALITY AS t(e, i) ORDER BY i", "1|x|1", "1|y|2")]
    [InlineData("SELECT k, v FROM (VALUES (MAP(ARRAY['a'], ARRAY[1]))) s(m) CROSS JOIN UNNEST(m) AS t(k, v)", "a|1")]
    [InlineData("SELECT x FROM UNNEST(ARRAY[1, 2]) AS t(x)", "1", "2")]
    [InlineData("SELECT n, e FROM (VALUES (1, CAST(ARRAY[] AS array(integer)))) v(n, a) LEFT JOIN UNNEST(a) AS t(e) ON true", "1|∅")]
    [InlineData("SELECT x, row_number() OVER (ORDER BY x DESC), sum(x) OVER (ORDER BY x ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES 1, 2, 3) t(x) ORDER BY x", "1|3|1", "2|2|3", "3|1|5")]
    [InlineData("SELECT x, lag(x) OVER w, first_value(x) OVER w FROM (VALUES 1, 2) t(x) WINDOW w AS (ORDER BY x) ORDER BY x", "1|∅|1", "2|1|1")]
    [InlineData("SELECT a, sum(b) FROM (VALUES ('x', 1), ('y', 2)) t(a, b) GROUP BY ROLLUP (a) ORDER BY 1", "x|1", "y|2", "∅|3")]
    [InlineData("SELECT a, b, count(*) FROM (VALUES ('x', 1)) t(a, b) GROUP BY GROUPING SETS ((a), (b)) ORDER BY a", "x|∅|1", "∅|1|1")]
    [InlineData("SELECT a, count(*) AS n FROM (VALUES 'x', 'x', 'y') t(a) GROUP BY a HAVING count(*) > 1", "x|2")]
    [InlineData("SELECT l.x, r.y FROM (VALUES 1, 2) l(x) LEFT JOIN (VALUES (1, 'a')) r(x, y) ON l.x = r.x ORDER BY 1", "1|a", "2|∅")]
    [InlineData("SELECT x FROM (VALUES 1, 2) l(x) JOIN (VALUES 2, 3) r(x) USING (x)", "2")]
    [InlineData("SELECT x FROM (VALUES 1, 2) t(x) EXCEPT SELECT 1", "2")]
    [InlineData("SELECT x FROM (VALUES 1, 2) t(x) INTERSECT SELECT 2", "2")]
    [InlineData("SELECT count(*) FROM (VALUES 1, 2) t(x) TABLESAMPLE BERNOULLI (100)", "2")]
    [InlineData("SELECT (SELECT max(x) FROM (VALUES 1, 2) t(x)) AS m", "2")]
    [InlineData("VALUES (1, 'a')", "1|a")]
    [InlineData("SELECT t.r.x FROM (VALUES (CAST(ROW(7) AS ROW(x integer)))) t(r)", "7")]
    [InlineData("SELECT \"a b\" FROM (VALUES 1) t(\"a b\") -- a comment\n", "1")]
    public async Task Select_OfManyRows_PrintsWhatAthenaPrints(string sql, params string[] expected) => (await cloud.RowsAsync(sql)).ShouldBe(expected);

    [Theory]
    [InlineData("SELECT foo(1)", "FUNCTION_NOT_FOUND: line 1:8: Function 'foo' not registered")]
    [InlineData("SELECT list_sort(ARRAY[1])", "FUNCTION_NOT_FOUND: line 1:8: Function 'list_sort' not registered")]
    [InlineData("SELECT read_csv('/etc/passwd')", "FUNCTION_NOT_FOUND: line 1:8: Function 'read_csv' not registered")]
    [InlineData("SELECT * FROM nowhere", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.films.nowhere' does not exist")]
    [InlineData("SELECT 1\nFROM nobody.t", "SCHEMA_NOT_FOUND: line 2:6: Schema 'nobody' does not exist")]
    [InlineData("SELECT y FROM (VALUES 1) t(x)", "COLUMN_NOT_FOUND: line 1:8: Column 'y' cannot be resolved or requester is not authorized to access requested resources")]
    [InlineData("SELECT u.x FROM (VALUES 1) t(x)", "COLUMN_NOT_FOUND: line 1:8: Column 'u.x' cannot be resolved or requester is not authorized to access requested resources")]
    [InlineData("SELECT x AS y FROM (VALUES 1) t(x) WHERE y = 1", "COLUMN_NOT_FOUND: line 1:42: Column 'y' cannot be resolved or requester is not authorized to access requested resources")]
    [InlineData("SELECT x AS y, count(*) FROM (VALUES 1) t(x) GROUP BY y", "COLUMN_NOT_FOUND: line 1:55: Column 'y' cannot be resolved or requester is not authorized to access requested resources")]
    [InlineData("SELECT x, count(*) FROM (VALUES 1) t(x)", "EXPRESSION_NOT_AGGREGATE: line 1:8: 'x' must be an aggregate expression or appear in GROUP BY clause")]
    [InlineData("SELECT 1 / 0", "DIVISION_BY_ZERO: Division by zero")]
    [InlineData("SELECT * FROM (VALUES DATE '2026-11-20') t(d) WHERE d = '2026-11-20'", "TYPE_MISMATCH: line 1:55: Cannot apply operator: date = varchar(10)")]
    [InlineData("SELECT * FROM (VALUES '11') t(m) WHERE m = 11", "TYPE_MISMATCH: line 1:42: Cannot apply operator: varchar = integer")]
    [InlineData("SELECT * FROM (VALUES '2026-01-01') t(d) WHERE d IN (DATE '2026-11-20')", "TYPE_MISMATCH: line 1:50: Cannot apply operator: varchar IN date")]
    [InlineData("SELECT lower(x) OVER () FROM (VALUES 'x') t(x)", "FUNCTION_NOT_AGGREGATE: line 1:8: Function 'lower' is not an aggregate or window function")]
    [InlineData("SELECT CAST('x' AS integer)", "INVALID_CAST_ARGUMENT: Could not convert string 'x' to INT32")]
    [InlineData("SELEC 1", "InvalidRequestException: line 1:1: mismatched input 'SELEC'. Expecting: '(', 'ALTER', 'CREATE', 'DESCRIBE', 'DROP', 'MSCK', 'SELECT', 'SHOW', 'TABLE', 'VALUES', 'WITH'")]
    [InlineData("SELECT 1 FROM", "InvalidRequestException: line 1:14: mismatched input '<EOF>'. Expecting: <identifier>")]
    [InlineData("SELECT (1", "InvalidRequestException: line 1:10: mismatched input '<EOF>'. Expecting: ')'")]
    [InlineData("MERGE INTO t USING u ON true", "InvalidRequestException: NOT_SUPPORTED: MERGE is not supported by the local cloud.")]
    public async Task Select_ThatIsWrong_FailsInAthenasWords(string sql, string expected) => (await cloud.FailureAsync(sql)).ShouldBe(expected);

    [Theory]
    [InlineData("1", "integer")]
    [InlineData("count(*)", "bigint")]
    [InlineData("sum(1)", "bigint")]
    [InlineData("1.5", "decimal")]
    [InlineData("1e0", "double")]
    [InlineData("REAL '1'", "float")]
    [InlineData("'a'", "varchar")]
    [InlineData("true", "boolean")]
    [InlineData("DATE '2026-11-20'", "date")]
    [InlineData("TIMESTAMP '2026-11-20 09:00:00'", "timestamp")]
    [InlineData("current_timestamp", "timestamp with time zone")]
    [InlineData("ARRAY[1]", "array")]
    [InlineData("MAP(ARRAY[1], ARRAY[2])", "map")]
    [InlineData("ROW(1)", "row")]
    [InlineData("to_utf8('a')", "varbinary")]
    public async Task Results_OfAnExpression_NameItsTypeAsAthenaDoes(string expression, string type)
    {
        var query = await cloud.RunAsync($"SELECT {expression}, 1 AS Named");
        var results = await cloud.CallAsync("AmazonAthena.GetQueryResults", new() { ["QueryExecutionId"] = query["QueryExecutionId"]!.GetValue<string>() });

        var columns = results["ResultSet"]!["ResultSetMetadata"]!["ColumnInfo"]!.AsArray();
        columns[0]!["Type"]!.GetValue<string>().ShouldBe(type);
        columns.Select(column => column!["Name"]!.GetValue<string>()).ShouldBe(["_col0", "Named"]);
    }

    [Theory]
    [InlineData("SELECT ? + ?", "3", "1", "2")]
    [InlineData("SELECT ?", "it's", "'it''s'")]
    [InlineData("SELECT ?", "bare", "bare")]
    [InlineData("SELECT x FROM (VALUES DATE '2026-11-20') t(x) WHERE x = ?", "2026-11-20", "DATE '2026-11-20'")]
    public async Task Select_WithParameters_TakesThemInOrder(string sql, string expected, params string[] parameters) =>
        (await cloud.RowsAsync(sql, parameters)).ShouldBe([expected]);
}
