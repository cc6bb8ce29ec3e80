namespace PipelineStacks.IotSql.Tests;

public sealed class ReferenceCaseTests
{
    [Theory]
    [MemberData(nameof(FunctionCases.All), MemberType = typeof(FunctionCases))]
    public void Function_GivesWhatTheReferenceSays(string section, string expression, string expected) =>
        Evaluated.Statement($"SELECT VALUE {expression} FROM 'topic'", FunctionCases.Payload, "things/myThings/thingOne").ShouldBe(expected, section);

    [Theory]
    [MemberData(nameof(OperatorCases.All), MemberType = typeof(OperatorCases))]
    public void Operator_GivesWhatTheReferenceSays(string section, string expression, string expected) =>
        Evaluated.Statement($"SELECT VALUE ({expression}) FROM 'topic'", OperatorCases.Payload).ShouldBe(expected, section);

    [Theory]
    [MemberData(nameof(StatementCases.All), MemberType = typeof(StatementCases))]
    public void Statement_GivesWhatTheGuideSays(string page, string sql, string payload, string expected) =>
        Evaluated.Statement(sql, payload).ShouldBe(expected, page);
}
