using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Tests.Datasets;

public sealed class MySqlTypeTests
{
    [Theory]
    [InlineData("tinyint", "tinyint")]
    [InlineData("boolean", "tinyint")]
    [InlineData("tinyint unsigned", "smallint")]
    [InlineData("smallint", "smallint")]
    [InlineData("smallint unsigned", "int")]
    [InlineData("mediumint unsigned", "int")]
    [InlineData("int", "int")]
    [InlineData("int unsigned", "bigint")]
    [InlineData("bigint", "bigint")]
    [InlineData("year", "smallint")]
    [InlineData("decimal", "decimal(10,0)")]
    [InlineData("decimal(7)", "decimal(7,0)")]
    [InlineData("decimal(5,2)", "decimal(5,2)")]
    [InlineData("float", "double")]
    [InlineData("date", "date")]
    [InlineData("datetime", "timestamp")]
    [InlineData("timestamp(6)", "timestamp")]
    [InlineData("time", "string")]
    [InlineData("char(20)", "string")]
    [InlineData("text", "string")]
    [InlineData("enum('G','PG-13')", "string")]
    [InlineData("set('Deleted Scenes','Trailers')", "string")]
    [InlineData("blob", "binary")]
    [InlineData("geometry", "binary")]
    public void Type_OfMySql_BecomesOneThatHoldsAllItsValues(string mysql, string hive) => MySqlType.Hive(mysql).ShouldBe(hive);

    [Theory]
    [InlineData("bigint unsigned", "the MySQL type 'bigint unsigned' doesn't fit the lake: its upper half exceeds bigint. Map the dataset on a view that casts it to decimal(20,0)")]
    [InlineData("bit(1)", "the MySQL type 'bit(1)' has no counterpart here yet: add it to MySqlType with what DMS makes of it")]
    [InlineData("INT", "unknown MySQL type 'INT': write it as in CREATE TABLE, such as smallint unsigned, varchar(45) or decimal(5,2)")]
    public void Type_ThatHasNoPlaceInTheLake_SaysWhatToDo(string mysql, string expected) =>
        Should.Throw<FormatException>(() => MySqlType.Hive(mysql)).Message.ShouldBe(expected);
}
