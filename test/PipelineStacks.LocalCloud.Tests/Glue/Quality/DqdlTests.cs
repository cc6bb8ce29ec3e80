using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;

namespace PipelineStacks.LocalCloud.Tests.Glue.Quality;

public sealed class DqdlTests
{
    [Fact]
    public void Parse_OfARuleset_HasItsRulesAsTheyAreWritten() => DqdlParser.Parse("""
        # what every row must have
        Rules = [
            RowCount > 0,
            IsPrimaryKey "id" "store",
            ColumnValues "kind" in ["a", "b", NULL] with threshold >= 0.95 where "store = 1",
            ColumnValues "at" not between (now() - 3 days) and now(),
            (IsComplete "id") and ((RowCount > 5) or (ColumnCount = 3)),
            CustomSql "select count(*) from primary where name = \"x\"" between -1 and 5,
            DataFreshness "at" <= 24 hours
        ]
        """).Select(rule => rule.Text).ShouldBe(
        [
            "RowCount > 0", "IsPrimaryKey \"id\" \"store\"", "ColumnValues \"kind\" in [\"a\", \"b\", NULL] with threshold >= 0.95 where \"store = 1\"",
            "ColumnValues \"at\" not between (now() - 3 days) and now()", "(IsComplete \"id\") and ((RowCount > 5) or (ColumnCount = 3))",
            "CustomSql \"select count(*) from primary where name = \\\"x\\\"\" between -1 and 5", "DataFreshness \"at\" <= 24 hours",
        ]);

    [Theory]
    [InlineData("IsComplete \"id\"", "line 1:1: expected 'Rules = [ … ]' and not 'IsComplete'")]
    [InlineData("Rules = [ RowCount > 0", "line 1:23: expected ',' or ']' and not 'the end'")]
    [InlineData("Rules = [ RowCount ]", "line 1:20: RowCount needs a condition, such as 'RowCount … > 0', and not ']'")]
    [InlineData("Rules = [ RowCount > \"x\" ]", "line 1:20: '>' can't compare with x here")]
    [InlineData("Rules = [ IsComplete ]", "line 1:11: IsComplete takes one text in quotes and has 0")]
    [InlineData("Rules = [ IsComplete \"a\" \"b\" ]", "line 1:11: IsComplete takes one text in quotes and has 2")]
    [InlineData("Rules = [ IsComplte \"a\" ]", "line 1:11: there is no rule type 'IsComplte'; the local cloud knows RowCount, ")]
    [InlineData("Rules = [ IsComplete \"a ]", "line 1:22: a text that begins here has no closing quote")]
    [InlineData("Rules = [ IsComplete \"a\" ; ]", "line 1:26: ';' is not part of DQDL")]
    [InlineData("Rules = [ ColumnValues \"a\" > NULL ]", "line 1:28: '>' can't compare with NULL here")]
    [InlineData("Rules = [ DataFreshness \"a\" <= 5 ]", "line 1:29: '<=' can't compare with 5 here")]
    [InlineData("Rules = [ RowCount > 0 with threshold > 1 ]", "line 1:24: RowCount has no 'with' here")]
    [InlineData("Rules = [ (RowCount > 0) and (RowCount > 1) or (RowCount > 2) ]", "line 1:45: 'or' beside 'and' needs parentheses")]
    [InlineData("Rules = [\n  RowCount >,\n  IsComplete 5,\n  IsUnique \"id\"\n]", "line 2:13: expected a value and not ','; line 3:3: IsComplete takes one text in quotes and has 0.")]
    public void Parse_OfWhatIsWrong_NamesEachPlace(string text, string message)
    {
        var error = Should.Throw<ServiceException>(() => DqdlParser.Parse(text));

        error.Code.ShouldBe("InvalidInputException");
        error.Message.ShouldStartWith($"The ruleset is not valid. {message}");
    }

    [Theory]
    [InlineData("Rules = [ Entropy \"a\" > 1 ]", "line 1:11: The rule type Entropy")]
    [InlineData("Rules = [ RowCount > 1, SchemaMatch \"r\" = 1 ]", "line 1:25: The rule type SchemaMatch")]
    [InlineData("Rules = [ RowCount > 0 ] Analyzers = [ Mean \"x\" ]", "line 1:26: Analyzers")]
    public void Parse_OfWhatIsNotSupported_RefusesItByName(string text, string what)
    {
        var error = Should.Throw<ServiceException>(() => DqdlParser.Parse(text));

        error.Code.ShouldBe("NotImplementedByLocalCloud");
        error.Message.ShouldBe($"The ruleset uses what the local cloud does not support. {what} is not supported by the local cloud.");
    }
}
