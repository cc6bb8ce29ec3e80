using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Tests;

public sealed class Properties
{
    [Fact]
    public void SelectStar_OfAnyJson_KeepsItsValue() => Prop.ForAll<int, string, bool>((number, text, truth) =>
    {
        var json = System.Text.Json.JsonSerializer.Serialize(new { number, text, truth, list = new object[] { number, text } });
        return System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(Evaluated.Statement("SELECT * FROM 'a'", json)), System.Text.Json.Nodes.JsonNode.Parse(json));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Arithmetic_OfInts_IsExact() => Prop.ForAll<long, long>((left, right) =>
    {
        var (a, b) = ((BigInteger)left, (BigInteger)right);
        return Number($"{left} + ({right})") == a + b && Number($"{left} - ({right})") == a - b
            && (right == 0 || (Number($"{left} / ({right})") == BigInteger.Divide(a, b) && Number($"{left} % ({right})") == BigInteger.Remainder(a, b)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Numbers_WrittenAndRead_AreTheSame() => Prop.ForAll(ArbMap.Default.ArbFor<decimal>(), value =>
        decimal.Parse(NumberValue.Parse(value.ToString(CultureInfo.InvariantCulture))!.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture) == value).QuickCheckThrowOnFailure();

    [Fact]
    public void Parse_OfAnyText_EndsInAStatementOrInAnErrorWithAPlace()
    {
        string[] words = ["SELECT ", "* ", "a", "FROM ", "'t' ", "WHERE ", "(", ")", "1 ", "+ ", "AND ", "get(", ", ", "CASE ", "WHEN ", "END ", "${", "@x ", "[", "{", "VALUE ", "AS ", ". ", "\"", "€"];
        Prop.ForAll(Gen.ArrayOf(Gen.Elements(words)).ToArbitrary(), parts =>
        {
            try
            {
                return Query.Parse(string.Concat(parts)).Select.Items.Count > 0;
            }
            catch (IotSqlException error)
            {
                return error.Position.Line > 0 && error.Position.Column > 0;
            }
        }).QuickCheckThrowOnFailure();
    }

    private static BigInteger Number(string expression) =>
        BigInteger.Parse(Evaluated.Statement($"SELECT VALUE ({expression}) FROM 'a'", "{}"), CultureInfo.InvariantCulture);
}
