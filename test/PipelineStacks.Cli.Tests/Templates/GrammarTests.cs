using PipelineStacks.Cli.Templates;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Templates;

public sealed class GrammarTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("  \n trimmed \n ", "trimmed")]
    [InlineData("{\r\n  \"a\": 1,\n  \"b\": 2\n}", "{  \"a\": 1,  \"b\": 2}")]
    [InlineData("a{{random.number({\"min\":5,\"max\":5})}}b", "a5b")]
    [InlineData("{\"a\":{\"b\":{{random.number({\"min\":5,\"max\":5})}}}}", "{\"a\":{\"b\":5}}")]
    [InlineData("{{ random.number( {\"min\":5,\n\"max\":5} ) }}", "5")]
    [InlineData("{{random.arrayElement([\"only (this)\"])}}", "only (this)")]
    [InlineData("{{random.arrayElement([\"\\\"Running\\\"\"])}}", "\"Running\"")]
    [InlineData("{{random.arrayElement([7])}},{{random.arrayElement([1.50])}},{{random.arrayElement([true])}},{{random.arrayElement([null])}}", "7,1.5,true,null")]
    [InlineData("{{random.arrayElement([[1,\"two\"]])}}", "1,two")]
    [InlineData("{{random.objectElement({\"key\":\"value\"})}}", "value")]
    [InlineData("}} alone }}", "}} alone }}")]
    [InlineData("ümläut {{random.arrayElement([\"✓\"])}}", "ümläut ✓")]
    public void Template_WithOneOutcome_RendersIt(string template, string expected) => Rendered.One(template).ShouldBe(expected);

    [Theory]
    [InlineData("""{{random.arrayElement(["{{random.number(0)"])}}}}""", "0")]
    [InlineData("""a {{random.arrayElement(["{"])}}{random.number(0)}} b""", "a 0 b")]
    [InlineData("""a {{{random.arrayElement(["x"])}}""", null)]
    [InlineData("""{ {{random.arrayElement(["{ }"])}} }""", "{ { } }")]
    public void Result_ThatOpensAnExpression_IsExpandedAgain(string template, string? expected)
    {
        if (expected is null)
            Should.Throw<TemplateException>(() => Rendered.One(template));
        else
            Rendered.One(template).ShouldBe(expected);
    }

    [Fact]
    public void CurrentTimestamp_Rendered_IsDateNow() =>
        Rendered.One("{{current.timestamp}}").ShouldBe(Rendered.One("{{date.now}}"));

    [Theory]
    [InlineData("", "The template is empty: write one record, with expressions such as {{random.number(100)}}.")]
    [InlineData("a {{random.number", "The template is wrong at line 1, column 3: '{{' is not closed: add '}}' after the expression.")]
    [InlineData("{\n  \"a\": {{random.numbr(5)}}\n}", "The template is wrong at line 2, column 10: unknown method 'random.numbr'. Did you mean 'random.number'?")]
    [InlineData("{{nme.firstName}}", "The template is wrong at line 1, column 3: unknown module or method 'nme.firstName'. Did you mean 'name.firstName'?")]
    [InlineData("{{weather.temperature}}", "The template is wrong at line 1, column 3: unknown module or method 'weather.temperature'. Known modules: address, commerce, company, current, database, date, finance, hacker, helpers, image, internet, lorem, name, phone, random, system.")]
    [InlineData("{{}}", "The template is wrong at line 1, column 3: an expression is empty: name a method, such as {{random.number(100)}}.")]
    [InlineData("{{random.number(5}}", "The template is wrong at line 1, column 3: 'random.number(' is not closed: end the expression with ')}}'. An argument can't hold '}}' itself: write '} }'.")]
    [InlineData("{{random.number({\"min\":9,\"max\":3})}}", "The template is wrong at line 1, column 3: random.number has min 9 above max 3: swap them.")]
    [InlineData("{{random.arrayElement([])}}", "The template is wrong at line 1, column 3: random.arrayElement needs an array that is not empty, such as random.arrayElement([\"rent\",\"buy\"]).")]
    [InlineData("{{random.weightedArrayElement({\"weights\":[1],\"data\":[\"a\",\"b\"]})}}", "The template is wrong at line 1, column 3: random.weightedArrayElement has 1 weights for 2 data: give each its weight.")]
    [InlineData("{{random.weightedArrayElement({\"weights\":[0],\"data\":[\"a\"]})}}", "The template is wrong at line 1, column 3: random.weightedArrayElement has weights that are all 0: give one of them a share.")]
    [InlineData("{{random.weightedArrayElement({\"data\":[\"a\"]})}}", "The template is wrong at line 1, column 3: random.weightedArrayElement needs an object with \"weights\", such as random.weightedArrayElement({\"weights\":[0.3,0.7],\"data\":[\"buy\",\"rent\"]}).")]
    public void Template_Malformed_SaysWhatWhereAndTheFix(string template, string expected) =>
        Should.Throw<TemplateException>(() => RecordTemplate.Parse(template)).Message.ShouldBe(expected);

    [Fact]
    public void Argument_ThatIsNoJson_SaysWhy() =>
        Should.Throw<TemplateException>(() => RecordTemplate.Parse("{{random.arrayElement([\"a\",)}}")).Message
            .ShouldStartWith("The template is wrong at line 1, column 3: random.arrayElement needs JSON, such as random.arrayElement([\"rent\",\"buy\"]): ");

    [Fact]
    public void Result_ThatOpensAMalformedExpression_ShowsItsText()
    {
        var template = """{{random.arrayElement(["{{random.nothing"])}}}}""";
        Should.Throw<TemplateException>(() => Rendered.One(template)).Message
            .ShouldBe("A result was expanded to '{{random.nothing}}': The template is wrong at line 1, column 3: unknown method 'random.nothing'. Known there: " +
                "random.number, random.arrayElement, random.weightedArrayElement, random.objectElement, random.uuid, random.boolean, random.alphaNumeric, random.word, random.words, random.locale, random.image.");
    }
}
