using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

namespace PipelineStacks.LocalCloud.Tests.CloudWatch;

public sealed class CompositeRuleTests
{
    // a is in ALARM, o is OK, i has too little data.
    [Theory]
    [InlineData("ALARM(a)", true)]
    [InlineData("ALARM(\"o\")", false)]
    [InlineData("OK(o) AND INSUFFICIENT_DATA(i)", true)]
    [InlineData("ALARM(o) OR ALARM(a)", true)]
    [InlineData("NOT ALARM(a)", false)]
    [InlineData("NOT ALARM(o) AND NOT OK(a)", true)]
    [InlineData("ALARM(o) AND ALARM(a) OR ALARM(a)", true)]
    [InlineData("ALARM(o) AND (ALARM(a) OR ALARM(a))", false)]
    [InlineData("TRUE AND NOT FALSE", true)]
    [InlineData("ALARM(arn:aws:cloudwatch:eu-west-1:000000000000:alarm:a)", true)]
    [InlineData("ALARM(\"arn:aws:cloudwatch:eu-west-1:000000000000:alarm:a\")", true)]
    public void Rule_OverStates_Holds(string rule, bool holds) =>
        CompositeRule.Parse(rule).Holds(name => name switch
        {
            "a" => "ALARM",
            "o" => "OK",
            _ => "INSUFFICIENT_DATA",
        }).ShouldBe(holds);

    [Theory]
    [InlineData("ALARM(a) AND", "AlarmRule ends too early: ALARM(a) AND")]
    [InlineData("BROKEN(a)", "AlarmRule contains 'BROKEN' where it is not expected: BROKEN(a)")]
    [InlineData("ALARM(a) ALARM(o)", "AlarmRule contains 'ALARM' where it is not expected: ALARM(a) ALARM(o)")]
    [InlineData("(ALARM(a)", "AlarmRule ends too early: (ALARM(a)")]
    public void Rule_WithAMistake_IsRefused(string rule, string message) =>
        Should.Throw<ServiceException>(() => CompositeRule.Parse(rule)).Message.ShouldBe(message);
}
