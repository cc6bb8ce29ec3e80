using System.Text;
using PipelineStacks.LocalCloud.Services.Firehose.Conversion;

namespace PipelineStacks.LocalCloud.Tests.Firehose;

/// <summary>What becomes of a JSON value in a column, by type and deserializer.</summary>
public sealed class ConversionTests(ConversionFixture fixture) : IClassFixture<ConversionFixture>
{
    private const string Malformed = "DataFormatConversion.MalformedData";
    private const string Unparsable = "DataFormatConversion.ParseError";

    [Theory]
    [InlineData("int", "7", "7", "7")]
    [InlineData("int", "-2147483648", "-2147483648", "-2147483648")]
    [InlineData("int", "2147483648", Malformed, Malformed)]
    [InlineData("int", "\"7\"", "7", Malformed)]
    [InlineData("int", "\"seven\"", Malformed, Malformed)]
    [InlineData("int", "\"\"", Malformed, Malformed)]
    [InlineData("int", "1.0", "1", "1")]
    [InlineData("int", "1e3", "1000", "1000")]
    [InlineData("int", "1.5", Malformed, Malformed)]
    [InlineData("int", "true", Malformed, Malformed)]
    [InlineData("int", "{\"a\": 1}", Malformed, Malformed)]
    [InlineData("int", "[1]", Malformed, Malformed)]
    [InlineData("int", "null", null, null)]
    [InlineData("tinyint", "127", "127", "127")]
    [InlineData("tinyint", "128", Malformed, Malformed)]
    [InlineData("smallint", "-32768", "-32768", "-32768")]
    [InlineData("smallint", "32768", Malformed, Malformed)]
    [InlineData("bigint", "9007199254740993", "9007199254740993", "9007199254740993")]
    [InlineData("bigint", "\"9007199254740993\"", "9007199254740993", Malformed)]
    [InlineData("bigint", "9223372036854775808", Malformed, Malformed)]
    [InlineData("double", "1.5", "1.5", "1.5")]
    [InlineData("double", "1", "1.0", "1.0")]
    [InlineData("double", "\"-1.5e3\"", "-1500.0", Malformed)]
    [InlineData("float", "0.25", "0.25", "0.25")]
    [InlineData("decimal(5,2)", "12.345", "12.35", "12.35")]
    [InlineData("decimal(5,2)", "-12.344", "-12.34", "-12.34")]
    [InlineData("decimal(5,2)", "1e2", "100.00", "100.00")]
    [InlineData("decimal(5,2)", "\"999.99\"", "999.99", Malformed)]
    [InlineData("decimal(5,2)", "999.995", Malformed, Malformed)]
    [InlineData("decimal(5,2)", "1000", Malformed, Malformed)]
    [InlineData("decimal(38,10)", "1234567890123456789012345678.0123456789", "1234567890123456789012345678.0123456789", "1234567890123456789012345678.0123456789")]
    [InlineData("decimal", "42", "42", "42")]
    [InlineData("boolean", "true", "true", "true")]
    [InlineData("boolean", "\"FALSE\"", "false", Malformed)]
    [InlineData("boolean", "\"yes\"", Malformed, Malformed)]
    [InlineData("boolean", "1", Malformed, Malformed)]
    [InlineData("string", "\"short\"", "short", "short")]
    [InlineData("string", "\"longer than twelve bytes\"", "longer than twelve bytes", "longer than twelve bytes")]
    [InlineData("string", "\"tab\\t\\u00fc \\ud83d\\ude00\"", "tab\tü 😀", "tab\tü 😀")]
    [InlineData("string", "\"\"", "", "")]
    [InlineData("string", "12.50", "12.50", "12.50")]
    [InlineData("string", "true", "true", "true")]
    [InlineData("string", "{\"a\": [1, 2]}", "{\"a\": [1, 2]}", Malformed)]
    [InlineData("string", "[1, {}]", "[1, {}]", Malformed)]
    [InlineData("varchar(3)", "\"üü😀x\"", "üü😀", "üü😀")]
    [InlineData("date", "\"2026-11-20\"", "2026-11-20", "2026-11-20")]
    [InlineData("date", "\"2026-02-29\"", Malformed, Malformed)]
    [InlineData("date", "\"2026-11-20 00:00:00\"", Malformed, Malformed)]
    [InlineData("date", "20000", Malformed, Malformed)]
    [InlineData("timestamp", "\"2026-11-20 01:02:03\"", "2026-11-20 01:02:03", "2026-11-20 01:02:03")]
    [InlineData("timestamp", "\"2026-1-2 01:02:03.123456789\"", "2026-01-02 01:02:03.123456", "2026-01-02 01:02:03.123456")]
    [InlineData("timestamp", "\"1969-12-31 23:59:59.5\"", "1969-12-31 23:59:59.5", "1969-12-31 23:59:59.5")]
    [InlineData("timestamp", "\"2026-11-20T01:02:03Z\"", "2026-11-20 01:02:03", Malformed)]
    [InlineData("timestamp", "\"2026-11-20T01:02:03.39256Z\"", "2026-11-20 01:02:03.39256", Malformed)]
    [InlineData("timestamp", "\"2026-11-20T01:02:03-05:00\"", Malformed, Malformed)]
    [InlineData("timestamp", "\"2026-11-20T01:02:03+00:00\"", Malformed, Malformed)]
    [InlineData("timestamp", "\"2026-11-20T01:02:03\"", Malformed, Malformed)]
    [InlineData("timestamp", "\"2026-11-20 25:02:03\"", Malformed, Malformed)]
    [InlineData("timestamp", "\"2026-11-20\"", Malformed, Malformed)]
    [InlineData("timestamp", "\"yesterday\"", Malformed, Malformed)]
    [InlineData("timestamp", "1518033528", "2018-02-07 19:58:48", Malformed)]
    [InlineData("timestamp", "1518033528123", "2018-02-07 19:58:48.123", Malformed)]
    [InlineData("timestamp", "1518033528.123", "2018-02-07 19:58:48.123", Malformed)]
    [InlineData("timestamp", "\"1518033528123\"", "2018-02-07 19:58:48.123", Malformed)]
    [InlineData("array<int>", "[1, null, \"3\"]", "[1, NULL, 3]", Malformed)]
    [InlineData("array<int>", "[]", "[]", "[]")]
    [InlineData("array<int>", "1", Malformed, Malformed)]
    [InlineData("array<array<string>>", "[[\"a\"], [], null]", "[[a], [], NULL]", "[[a], [], NULL]")]
    [InlineData("map<string,int>", "{\"a\": 1, \"b\": null}", "{a=1, b=NULL}", "{a=1, b=NULL}")]
    [InlineData("struct<id:int,name:string>", "{\"ID\": 1, \"x\": 2}", "{'id': 1, 'name': NULL}", "{'id': 1, 'name': NULL}")]
    [InlineData("struct<at:timestamp,tags:array<struct<k:string>>>", "{\"tags\": [{\"k\": \"v\"}, null]}",
        "{'at': NULL, 'tags': [{'k': v}, NULL]}", "{'at': NULL, 'tags': [{'k': v}, NULL]}")]
    [InlineData("struct<id:int>", "[1]", Malformed, Malformed)]
    public void Value_OfEachType_IsConvertedOrRefused(string type, string json, string? openX, string? hive)
    {
        fixture.One(type, json, ConversionFixture.OpenX).ShouldBe(openX);
        fixture.One(type, json, ConversionFixture.Hive).ShouldBe(hive);
    }

    [Theory]
    [InlineData("""{"v": 1}""", "1")]
    [InlineData("""{"V": 1}""", "1")]
    [InlineData("""{"x": {"v": 2}, "v": 1, "y": [3]}""", "1")]
    [InlineData("""{"v": 1, "v": 2}""", "2")]
    [InlineData("""{"v": null, "v": 2}""", "2")]
    [InlineData("{\"\\u0076\": 1}", "1")]
    [InlineData("{}", "∅")]
    [InlineData("""{"v": 1}{"v": 2} {"v": 3}""" + "\n", "1,2,3")]
    [InlineData("""[{"v": 1}]""", Unparsable)]
    [InlineData("""{"v": 1}[]""", Unparsable)]
    [InlineData("""{"v": 1}garbage""", Unparsable)]
    [InlineData("""{"v": 1}{"v": "x"}""", Malformed)]
    [InlineData("""{"v": 1""", Unparsable)]
    [InlineData("""{"v" 1}""", Unparsable)]
    [InlineData("\"text\"", Unparsable)]
    [InlineData("not json", Unparsable)]
    [InlineData("", Unparsable)]
    [InlineData("  \n", Unparsable)]
    public void Record_OfAnyShape_IsConvertedOrRefusedAsAWhole(string record, string expected)
    {
        var (rows, failures) = fixture.Convert([("v", "int")], ConversionFixture.OpenX, [Encoding.UTF8.GetBytes(record)]);
        (failures.Count > 0 ? failures[0].Failure.Code : string.Join(',', rows)).ShouldBe(expected);
        if (failures.Count > 0)
            rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, false, """{"KEY": 1, "a.b": 2}""", "1|∅")]
    [InlineData(false, false, """{"KEY": 1, "a.b": 2}""", "∅|∅")]
    [InlineData(false, true, """{"key": 1, "a.b": 2}""", "1|2")]
    [InlineData(true, true, """{"k": 1, "A.B": 2}""", "∅|2")]
    public void Keys_ByTheDeserializersOptions_MatchColumns(bool ignoreCase, bool dots, string record, string expected)
    {
        var rules = ConversionFixture.OpenX with
        {
            CaseInsensitive = ignoreCase, DotsToUnderscores = dots, KeyOfColumn = new Dictionary<string, string> { ["k"] = "key" },
        };
        fixture.Convert([("k", "int"), ("a_b", "int")], rules, [Encoding.UTF8.GetBytes(record)]).Rows.ShouldBe([expected]);
    }

    [Fact]
    public void Text_ThatIsNotUtf8_IsRefused()
    {
        byte[] record = [.. "{\"v\": \""u8, 0xC3, 0x28, .. "\"}"u8];
        fixture.Convert([("v", "string")], ConversionFixture.OpenX, [record]).Failures.ShouldHaveSingleItem().Failure.Code.ShouldBe(Malformed);
    }

    [Fact]
    public void Mismatch_OfAValue_NamesColumnTypeAndValue() =>
        fixture.Convert([("film_id", "int")], ConversionFixture.OpenX, ["{\"film_id\": \"one\"}"u8.ToArray()]).Failures.Single().Failure.Message
            .ShouldBe("Data does not match the schema. The column film_id of type int can't take the text \"one\".");

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2047, 3)]
    [InlineData(2048, 2)]
    [InlineData(2049, 4)]
    [InlineData(10_000, 2)]
    public void Record_OfManyObjects_IsWrittenWholeOverChunks(int objects, int records)
    {
        var whole = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, objects).Select(i => $$"""{"v": {{i}}, "l": [{{i}}]}""")));
        byte[] broken = [.. whole, .. "{\"v\": []}"u8];
        var (rows, failures) = fixture.Convert([("v", "int"), ("l", "array<int>")], ConversionFixture.OpenX, [.. Enumerable.Repeat(whole, records), broken, whole]);

        failures.ShouldHaveSingleItem().Data.ShouldBe(broken);
        rows.Order(StringComparer.Ordinal).ShouldBe(
            Enumerable.Range(0, objects).SelectMany(i => Enumerable.Repeat($"{i}|[{i}]", records + 1)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Stream_WithBrokenRecords_LosesNoneAndLetsNoneThrough()
    {
        var random = new Random(11);
        string[] kinds = ["not json", """{"id": {0}, "n": "x" """, """{"id": {0}, "n": "wrong type"}""", """[{"id": {0}}]"""];
        var records = Enumerable.Range(0, 50_000).Select(i => random.Next(10) == 0
            ? kinds[random.Next(kinds.Length)].Replace("{0}", $"{i}", StringComparison.Ordinal)
            : $$"""{"id": {{i}}, "n": {{i * 2}}, "text": "{{new string('x', random.Next(30))}}"}""").ToArray();
        var good = records.Where(record => record.Contains("text", StringComparison.Ordinal)).ToArray();

        var (rows, failures) = fixture.Convert([("id", "int"), ("n", "int")], ConversionFixture.OpenX, [.. records.Select(Encoding.UTF8.GetBytes)]);

        rows.Count.ShouldBe(good.Length);
        rows.ToHashSet().Count.ShouldBe(good.Length);
        rows.ShouldAllBe(row => int.Parse(row.Split('|')[0], null) * 2 == int.Parse(row.Split('|')[1], null));
        failures.Select(failure => Encoding.UTF8.GetString(failure.Data)).Order(StringComparer.Ordinal)
            .ShouldBe(records.Except(good).Concat(records.Where(record => record == "not json").Skip(1)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("binary", "The type binary is not one that JSON is converted to.")]
    [InlineData("map<int,string>", "The keys of a map are strings in JSON; other key types are not supported.")]
    [InlineData("array<int", "'>' is missing at ''.")]
    [InlineData("decimal(39,1)", "decimal(39,1) is not a type; it has up to 38 digits.")]
    [InlineData("int int", "The type int int is malformed after its end: ' int'.")]
    public void Type_ThatCantBeConvertedTo_IsRefusedByName(string type, string error) =>
        Should.Throw<FormatException>(() => HiveTypes.Parse(type)).Message.ShouldBe(error);
}
