using PipelineStacks.IotSql.Syntax;

namespace PipelineStacks.IotSql.Tests;

public sealed class SubstitutionTemplateTests
{
    private const string Payload = """{"deviceid":"iot123","temp":54.98,"coords":{"latitude":47.615694},"alarm":true}""";

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("${topic()}/republish", "things/myThings/thingOne/republish")]
    [InlineData("${parse_time('yyyy', timestamp(), 'UTC')}", "2016")]
    [InlineData("device/${deviceid}/${temp}", "device/iot123/54.98")]
    [InlineData("${coords}", """{"latitude":47.615694}""")]
    [InlineData("${get({'a': '}'}, 'a')}-${alarm}", "}-true")]
    [InlineData("[${missing}]", "[]")]
    [InlineData("${null}", "null")]
    [InlineData("a$b{c}", "a$b{c}")]
    public void Evaluate_PutsInWhatTheExpressionsGive(string template, string expected) =>
        SubstitutionTemplate.Parse(template).Evaluate(Query.Parse("SELECT deviceid AS id FROM 'a'").Evaluate(Evaluated.Message(Payload))).ShouldBe(expected);

    [Fact]
    public void Evaluate_SeesVariablesButNoAliases()
    {
        var query = Query.Parse("SET @c = (temp_fahrenheit - 32) * 5 / 9 SELECT @c AS celsius FROM 'device/data'");
        var template = SubstitutionTemplate.Parse("temperature-data/${device_id}/temp-${@c}C${celsius}.json", query);

        template.Evaluate(query.Evaluate(Evaluated.Message("""{"temp_fahrenheit":50,"device_id":"d1"}"""))).ShouldBe("temperature-data/d1/temp-10C.json");
        template.Reads.Fields.Select(field => field.ToString()).ShouldBe(["device_id", "celsius"]);
    }

    [Theory]
    [InlineData("a/${topic(", "The substitution template 'a/${topic(' has no '}' for its '${' at 1:3")]
    [InlineData("${topic() topic()}", "Expected an operator or '}' but found 'topic' at 1:9")]
    [InlineData("${nosuch()}", "Unknown function 'nosuch' at 1:1")]
    [InlineData("${@x}", "Unknown variable '@x': assign it in SET before SELECT at 1:1")]
    public void Parse_WhatIsNoTemplate_IsRefused(string template, string message) =>
        Should.Throw<IotSqlException>(() => SubstitutionTemplate.Parse(template)).Message.ShouldBe(message);
}
