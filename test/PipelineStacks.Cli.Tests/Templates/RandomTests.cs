using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Templates;

public sealed class RandomTests
{
    [Theory]
    [InlineData("{{random.number}}", 0, 99_999)]
    [InlineData("{{random.number()}}", 0, 99_999)]
    [InlineData("{{random.number(70)}}", 0, 70)]
    [InlineData("{{random.number({\"max\":3})}}", 0, 3)]
    [InlineData("{{random.number({\"min\":-2,\"max\":2})}}", -2, 2)]
    [InlineData("{{random.number({\"min\":\"1\",\"max\":\"3\"})}}", 1, 3)]
    public void Number_OverManyDraws_StaysInRangeAndReachesIt(string template, int min, int max)
    {
        var values = Rendered.Many(template, 2000).Select(value => int.Parse(value, CultureInfo.InvariantCulture)).ToList();
        values.ShouldAllBe(value => value >= min && value <= max);
        if (max - min < 100)
            values.Distinct().Count().ShouldBe(max - min + 1, "both bounds are inclusive");
    }

    [Fact]
    public void Number_ByAnyBoundsAndPrecision_IsInRangeAndAMultiple()
    {
        var bounds = Gen.Choose(-1_000_000, 1_000_000);
        var precisions = Gen.Elements("1", "0.1", "0.01", "0.25", "5");
        var cases = bounds.SelectMany(_ => bounds, (a, b) => (Min: Math.Min(a, b), Max: Math.Max(a, b))).SelectMany(_ => precisions, (range, precision) => (range.Min, range.Max, precision));
        Prop.ForAll(Arb.From(cases), test =>
        {
            var (min, max, precision) = test;
            var step = decimal.Parse(precision, CultureInfo.InvariantCulture);
            if (Math.Ceiling(min / step) > Math.Floor(max / step))
                return true;
            var template = $$$"""{{random.number({"min":{{{min}}},"max":{{{max}}},"precision":{{{precision}}}})}}""";
            return Rendered.Many(template, 20, seed: (ulong)max).All(text =>
            {
                var value = decimal.Parse(text, CultureInfo.InvariantCulture);
                return value >= min && value <= max && value % step == 0;
            });
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("[0.3,0.1,0.6]", 0.3, 0.1, 0.6)]
    [InlineData("[3,1,6]", 0.3, 0.1, 0.6)]
    [InlineData("[0.1,0.1,0.1]", 0.333, 0.333, 0.333)]
    [InlineData("[0.5,0.004,0.496]", 0.5, 0.004, 0.496)]
    [InlineData("[0,1,0]", 0, 1, 0)]
    public void WeightedArrayElement_OverManyDraws_KeepsTheShares(string weights, double a, double b, double c)
    {
        const int Draws = 50_000;
        var counts = Rendered.Many($$$"""{{random.weightedArrayElement({"weights":{{{weights}}},"data":["a","b","c"]})}}""", Draws).CountBy(value => value).ToDictionary();
        var expected = new Dictionary<string, double> { ["a"] = a, ["b"] = b, ["c"] = c };
        counts.Keys.ShouldBeSubsetOf(expected.Keys);
        foreach (var (value, share) in expected)
            ((double)counts.GetValueOrDefault(value) / Draws).ShouldBe(share, 0.01);
        if (b is > 0 and < 0.005)
            counts["b"].ShouldBeGreaterThan(0, "a weight under .005 counts, too");
    }

    [Fact]
    public void Uuid_OverManyDraws_IsVersion4AndNeverTheSame()
    {
        var values = Rendered.Many("{{random.uuid}}", 10_000);
        values.ShouldAllBe(value => Regex.IsMatch(value, "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
        values.Distinct().Count().ShouldBe(values.Count);
    }

    [Fact]
    public void State_OverManyDraws_IsOneOfFifty() => Rendered.Many("{{address.state}}", 5000).Distinct().Count().ShouldBe(50);

    [Theory]
    [InlineData("{{name.firstName}} {{name.lastName}}", "^[A-Z][\\w']+ [A-Z][\\w']+$")]
    [InlineData("{{internet.ip}}", "^\\d{1,3}(\\.\\d{1,3}){3}$")]
    [InlineData("{{random.boolean}}", "^(true|false)$")]
    [InlineData("{{random.alphaNumeric(12)}}", "^[0-9a-z]{12}$")]
    [InlineData("{{phone.phoneNumber(+41 ## ### ## ##)}}", "^\\+41 \\d\\d \\d{3} \\d\\d \\d\\d$")]
    [InlineData("{{phone.phoneNumber}}", "\\d")]
    [InlineData("{{address.latitude}},{{address.longitude}}", "^-?\\d{1,2}\\.\\d{4},-?\\d{1,3}\\.\\d{4}$")]
    [InlineData("{{finance.amount}}", "^\\d+\\.\\d\\d$")]
    [InlineData("{{finance.amount({\"min\":5,\"max\":6,\"dec\":0})}}", "^[56]$")]
    [InlineData("{{lorem.words(2)}}", "^\\w+ \\w+$")]
    [InlineData("{{internet.email}}", "^[^@]+@[^@]+$")]
    [InlineData("{{system.semver}}", "^\\d+\\.\\d+\\.\\d+$")]
    [InlineData("{{helpers.replaceSymbolWithNumber(##-##)}}", "^\\d\\d-\\d\\d$")]
    public void Method_OverManyDraws_LooksLikeFakers(string template, string pattern) =>
        Rendered.Many(template, 200).ShouldAllBe(value => Regex.IsMatch(value, pattern));

    [Fact]
    public void Methods_AllWithoutArgument_WriteOneLineAndTheSameForASeed()
    {
        foreach (var name in PipelineStacks.Cli.Templates.Methods.Names.Except(["random.weightedArrayElement", "date.between", "helpers.randomize", "helpers.replaceSymbolWithNumber", "helpers.replaceSymbols"]))
        {
            var template = $$$"""{{{{{name}}}}}""";
            var values = Rendered.Many(template, 20, seed: 7);
            values.ShouldAllBe(value => value.Length > 0 && !value.Contains('\n'), name);
            Rendered.Many(template, 20, seed: 7).ShouldBe(values, name);
        }
    }

    [Fact]
    public void Seeds_ThatDiffer_GiveOtherRecords() =>
        Rendered.Many("{{random.number}}", 10, seed: 1).ShouldNotBe(Rendered.Many("{{random.number}}", 10, seed: 2));
}
