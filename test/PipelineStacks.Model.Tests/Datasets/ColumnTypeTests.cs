using FsCheck;
using FsCheck.Fluent;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Tests.Datasets;

public sealed class ColumnTypeTests
{
    [Theory]
    [InlineData("boolean", "BOOLEAN")]
    [InlineData("tinyint", "TINYINT")]
    [InlineData("smallint", "SMALLINT")]
    [InlineData("int", "INTEGER")]
    [InlineData("bigint", "BIGINT")]
    [InlineData("float", "FLOAT")]
    [InlineData("double", "DOUBLE")]
    [InlineData("string", "VARCHAR")]
    [InlineData("binary", "BLOB")]
    [InlineData("date", "DATE")]
    [InlineData("timestamp", "TIMESTAMP")]
    [InlineData("decimal(10,2)", "DECIMAL(10,2)")]
    [InlineData("array<string>", "VARCHAR[]")]
    [InlineData("map<string,int>", "MAP(VARCHAR, INTEGER)")]
    [InlineData("struct<a:int,b:array<struct<c:decimal(38,0)>>>", "STRUCT(\"a\" INTEGER, \"b\" STRUCT(\"c\" DECIMAL(38,0))[])")]
    public void Type_AsHiveWritesIt_IsReadAndKnowsItsSql(string hive, string sql)
    {
        var type = ColumnType.Parse(hive);

        type.Hive.ShouldBe(hive);
        type.Sql.ShouldBe(sql);
    }

    [Theory]
    [InlineData("integer", "unknown type 'integer': did you mean 'int'?")]
    [InlineData("strng", "unknown type 'strng': did you mean 'string'?")]
    [InlineData("whatever", "unknown type 'whatever': known are boolean, tinyint, smallint, int, bigint, float, double, string, binary, date, timestamp, decimal(p,s), array<…>, map<…>, struct<…>")]
    [InlineData("", "unknown type '': it ends too early")]
    [InlineData("Int", "unknown type 'Int': a lower-case name is expected before 'Int'")]
    [InlineData("int ", "unknown type 'int ': ' ' is left over")]
    [InlineData("decimal", "unknown type 'decimal': '(' is missing")]
    [InlineData("decimal(39,2)", "unknown type 'decimal(39,2)': a decimal has 1 to 38 digits, and no more of them after the point")]
    [InlineData("decimal(3,4)", "unknown type 'decimal(3,4)': a decimal has 1 to 38 digits, and no more of them after the point")]
    [InlineData("decimal(a,4)", "unknown type 'decimal(a,4)': a number is expected")]
    [InlineData("array<int", "unknown type 'array<int': '>' is missing")]
    [InlineData("map<array<int>,int>", "unknown type 'map<array<int>,int>': a map's key has no parts")]
    [InlineData("struct<a:int,a:int>", "unknown type 'struct<a:int,a:int>': a struct names a field twice")]
    public void Text_ThatIsNoType_SaysWhatIsWrong(string text, string expected) =>
        Should.Throw<FormatException>(() => ColumnType.Parse(text)).Message.ShouldBe(expected);

    [Fact]
    public void Type_OfAnyShape_ReadsBackFromItsOwnText() =>
        Prop.ForAll(Types(3).ToArbitrary(), text => ColumnType.Parse(text).Hive == text).QuickCheckThrowOnFailure();

    private static Gen<string> Types(int depth)
    {
        var leaf = Gen.OneOf(Gen.Elements("int", "string", "timestamp", "double"), from p in Gen.Choose(1, 38) from s in Gen.Choose(0, p) select $"decimal({p},{s})");
        if (depth == 0)
            return leaf;
        var inner = Types(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.Select(element => $"array<{element}>"),
            from value in inner select $"map<string,{value}>",
            from first in inner from second in inner select $"struct<a:{first},b_2:{second}>");
    }
}
