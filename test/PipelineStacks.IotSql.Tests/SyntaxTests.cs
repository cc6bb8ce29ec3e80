using PipelineStacks.IotSql.Syntax;

namespace PipelineStacks.IotSql.Tests;

public sealed class SyntaxTests
{
    [Theory]
    [InlineData("", "The statement is empty: expected SELECT at 1:1")]
    [InlineData("SELEC * FROM 'a'", "Expected SELECT but found 'SELEC' at 1:1")]
    [InlineData("SELECT * FORM 'a'", "Expected FROM, WHERE or the end but found 'FORM' at 1:10")]
    [InlineData("SELECT *\nFROM topic/#", "Expected a topic filter in single quotes but found 'topic' at 2:6")]
    [InlineData("SELECT * FROM \"a\"", "Expected a topic filter in single quotes but found \"a\" at 1:15")]
    [InlineData("SELECT * FROM 'a/#/b'", "Invalid FROM: '#' must be the last level of the topic filter 'a/#/b', alone at 1:15")]
    [InlineData("SELECT * FROM 'a+/b'", "Invalid FROM: '+' must be alone in its level of the topic filter 'a+/b' at 1:15")]
    [InlineData("SELECT * FROM '1/2/3/4/5/6/7/8/9'", "Invalid FROM: the topic filter '1/2/3/4/5/6/7/8/9' has more than 7 slashes at 1:15")]
    [InlineData("SELECT * FROM 'a' WHERE", "Expected a value but found the end at 1:24")]
    [InlineData("SELECT * FROM 'a' WHERE x > 1 )", "Expected an operator or the end but found ')' at 1:31")]
    [InlineData("SELECT FROM 'a'", "Expected a value but found 'FROM' at 1:8")]
    [InlineData("SELECT a b FROM 'a'", "Expected FROM, WHERE or the end but found 'b' at 1:10")]
    [InlineData("SELECT a + 1 FROM 'a'", "The item needs a name: add AS name (a field whose name has a hyphen is read by get()) at 1:8")]
    [InlineData("SELECT device-id FROM 'a'", "The item needs a name: add AS name (a field whose name has a hyphen is read by get()) at 1:8")]
    [InlineData("SELECT foo(1) AS x FROM 'a'", "Unknown function 'foo' at 1:8")]
    [InlineData("SELECT aws_lambda('arn', *) AS x FROM 'a'", "The function 'aws_lambda' calls AWS Lambda, which this rules engine doesn't do at 1:8")]
    [InlineData("SELECT * FROM 'a' WHERE get_thing_shadow('t', 'r').state = 'ON'", "The function 'get_thing_shadow' calls the device shadows, which this rules engine doesn't do at 1:25")]
    [InlineData("SELECT get_dynamodb('t', 'k', 'v', 'r') AS x FROM 'a'", "The function 'get_dynamodb' calls Amazon DynamoDB, which this rules engine doesn't do at 1:8")]
    [InlineData("SELECT get_secret('s', 'SecretString', 'r') AS x FROM 'a'", "The function 'get_secret' calls AWS Secrets Manager, which this rules engine doesn't do at 1:8")]
    [InlineData("SELECT machinelearning_predict('m', 'r', *) AS x FROM 'a'", "The function 'machinelearning_predict' calls Amazon Machine Learning, which this rules engine doesn't do at 1:8")]
    [InlineData("SELECT decode(x, 'proto', 'b', 'k', 'f', 'm') AS x FROM 'a'", "decode: the scheme 'proto' isn't supported, only 'base64' at 1:8")]
    [InlineData("SELECT * FROM 'a' WHERE a LIKE 'b%'", "LIKE isn't part of AWS IoT SQL: use startswith(), endswith(), indexof() or regexp_matches() at 1:27")]
    [InlineData("SELECT * FROM 'a' WHERE a != 1", "'!=' isn't an operator of AWS IoT SQL: use '<>' at 1:27")]
    [InlineData("SELECT * FROM 'a' WHERE a NOT IN b", "NOT stands before the whole comparison: NOT (a IN b) at 1:27")]
    [InlineData("SELECT * FROM 'a' WHERE a IN (1, 2)", "A list of values stands in brackets: [a, b] at 1:32")]
    [InlineData("SELECT a[0] AS b FROM 'a'", "AWS IoT SQL has no index in brackets: use get(array, index) at 1:9")]
    [InlineData("SELECT a.0 AS b FROM 'a'", "Expected a field's name after '.' but found '0': read names that begin with a digit, and items of an array, with get() at 1:10")]
    [InlineData("SELECT CASE WHEN a THEN b END AS c FROM 'a'", "CASE needs the value that WHEN compares: CASE value WHEN … THEN … END at 1:13")]
    [InlineData("SELECT cast(a AS date) AS b FROM 'a'", "Unknown type 'date': cast knows String, Int, Decimal, Double and Boolean at 1:18")]
    [InlineData("SELECT 'abc FROM 'a'", "The string that begins with ' has no end at 1:20")]
    [InlineData("SELECT * FROM 'a", "The string that begins with ' has no end at 1:15")]
    [InlineData("SELECT * FROM 'a' -- why", "AWS IoT SQL has no comments: found '--' at 1:19")]
    [InlineData("SELECT VALUE a AS b FROM 'a'", "SELECT VALUE makes the value itself: it takes no AS at 1:16")]
    [InlineData("SELECT @a AS b FROM 'a'", "Unknown variable '@a': assign it in SET before SELECT at 1:8")]
    [InlineData("SET @a = 1, @a = 2 SELECT @a FROM 'a'", "'@a' can be assigned only once at 1:13")]
    [InlineData("SELECT # FROM 'a'", "Expected a value but found '#' at 1:8")]
    [InlineData("SELECT ; FROM 'a'", "Unexpected character ';' at 1:8")]
    public void Parse_WhatIsNotIotSql_IsRefusedWithItsPlace(string sql, string message) =>
        Should.Throw<IotSqlException>(() => Query.Parse(sql)).Message.ShouldBe(message);

    [Fact]
    public void Parse_DeepNesting_IsRefusedInsteadOfOverflowing()
    {
        foreach (var opening in new[] { "(", "NOT ", "-", "[", "abs(", "(SELECT VALUE " })
            Should.Throw<IotSqlException>(() => Query.Parse($"SELECT VALUE {string.Concat(Enumerable.Repeat(opening, 5000))}"));
    }

    [Fact]
    public void Reads_OfAStatement_AreWhatACheckOfColumnsNeeds()
    {
        var query = Query.Parse("""
            SET @limit = settings.limit
            SELECT *, device_id, reading.temp AS t, topic(2) AS name, (SELECT VALUE e.n FROM events AS e WHERE get(e, 'my-key') > 1) AS n, abs(1, 2) AS wrong
            FROM 'telemetry/+/readings' WHERE get(*, 'time-stamp') > @limit
            """);

        query.From!.Text.ShouldBe("telemetry/+/readings");
        query.Reads.Fields.Select(field => $"{field} {field.Position}").ShouldBe(
            ["settings.limit 1:14", "device_id 2:11", "reading.temp 2:22", "events 2:82", "events.n 2:73", "events.my-key 2:104", "time-stamp 3:39"], ignoreOrder: true);
        query.Reads.Functions.ShouldBe(["abs", "topic"]);
        query.Reads.OutputNames.ShouldBe(["device_id", "t", "name", "n", "wrong"]);
        query.Reads.OutputHasPayload.ShouldBeTrue();
        query.Reads.WholePayload.ShouldBeTrue();
        query.Reads.Mismatches.ShouldHaveSingleItem().ShouldBe(new ArgumentMismatch("abs", 2, new SqlPosition(2, 128)));
    }

    [Fact]
    public void Value_AsAFieldsName_IsNotTheKeyword()
    {
        Evaluated.Statement("SELECT value FROM 'a'", """{"value":1}""").ShouldBe("""{"value":1}""");
        Evaluated.Statement("SELECT value, value.x AS x FROM 'a'", """{"value":{"x":1}}""").ShouldBe("""{"value":{"x":1},"x":1}""");
        Evaluated.Statement("SELECT VALUE value FROM 'a'", """{"value":1}""").ShouldBe("1");
        Evaluated.Statement("SELECT value * 2 AS twice FROM 'a'", """{"value":4}""").ShouldBe("""{"twice":8}""");
    }
}
