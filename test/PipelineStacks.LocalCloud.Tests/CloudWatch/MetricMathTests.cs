using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.Services.CloudWatch.Expressions;

namespace PipelineStacks.LocalCloud.Tests.CloudWatch;

public sealed class MetricMathTests
{
    // m1 is 10 20 - 40 and m2 is 1 2 3 0, over four periods of a minute.
    [Theory]
    [InlineData("m1 + m2", "11 22 - 40")]
    [InlineData("m1 - m2 * 2", "8 16 - 40")]
    [InlineData("(m1 - m2) * 2", "18 36 - 80")]
    [InlineData("m1 / m2", "10 10 - -")]
    [InlineData("100 * m2 / (m1 + m2)", "9.090909090909092 9.090909090909092 - 0")]
    [InlineData("-m2", "-1 -2 -3 0")]
    [InlineData("2 ^ m2", "2 4 8 1")]
    [InlineData("m1 > 15", "0 1 - 1")]
    [InlineData("m1 >= 20 AND m2 == 2", "0 1 - 0")]
    [InlineData("m1 > 15 || m2 > 2", "0 1 - 1")]
    [InlineData("FILL(m1, 0)", "10 20 0 40")]
    [InlineData("FILL(m1, REPEAT)", "10 20 20 40")]
    [InlineData("FILL(m1, m2)", "10 20 3 40")]
    [InlineData("IF(m2 > 1, m1, 0)", "0 20 - 0")]
    [InlineData("IF(m2 > 1, m2)", "- 2 3 -")]
    [InlineData("SUM([m1, m2])", "11 22 3 40")]
    [InlineData("MAX([m1, m2])", "10 20 3 40")]
    [InlineData("MIN(METRICS())", "1 2 3 0")]
    [InlineData("AVG(METRICS())", "5.5 11 3 20")]
    [InlineData("METRIC_COUNT(METRICS())", "2 2 2 2")]
    [InlineData("m1 / SUM(m2)", "1.6666666666666667 3.3333333333333335 - 6.666666666666667")]
    [InlineData("m1 / PERIOD(m1)", "0.16666666666666666 0.3333333333333333 - 0.6666666666666666")]
    [InlineData("DIFF(m2)", "- 1 1 -3")]
    [InlineData("RATE(m2) * 60", "- 1 1 -3")]
    [InlineData("RUNNING_SUM(m2)", "1 3 6 6")]
    [InlineData("ABS(0 - m2)", "1 2 3 0")]
    [InlineData("CEIL(m2 / 2) + FLOOR(m2 / 2)", "1 2 3 0")]
    [InlineData("e1 + 1", "12 23 - 41")]
    [InlineData("1.5e1", "15 15 15 15")]
    public void Expression_OverMetrics_GivesTheDocumentedValues(string expression, string expected)
    {
        var results = new Dictionary<string, TimeSeries>(StringComparer.Ordinal)
        {
            ["m1"] = new([new(0, 10), new(1, 20), new(3, 40)]),
            ["m2"] = new([new(0, 1), new(1, 2), new(2, 3), new(3, 0)]),
        };
        ExpressionResults.Add(results, [Query("e2", expression), Query("e1", "m1 + m2")], 0, 4, 60);
        string.Join(' ', Enumerable.Range(0, 4).Select(period => results["e2"].TryGetValue(period, out var value) ? value.ToString(CultureInfo.InvariantCulture) : "-"))
            .ShouldBe(expected);
    }

    [Theory]
    [InlineData("m1 +", "ValidationError: Error in expression 'm1 +': it ends too early.")]
    [InlineData("m1 m2", "ValidationError: Error in expression 'm1 m2': 'm2' is not expected.")]
    [InlineData("(m1", "ValidationError: Error in expression '(m1': ')' is missing at the end.")]
    [InlineData("m1 # 2", "ValidationError: Error in expression 'm1 # 2': '#' is not understood.")]
    [InlineData("FILL(m1)", "ValidationError: Invalid number of arguments to the function FILL: 1.")]
    [InlineData("ANOMALY_DETECTION_BAND(m1, 2)", "NotImplementedByLocalCloud: The function ANOMALY_DETECTION_BAND of metric math is not supported by the local cloud.")]
    public void Expression_WithAMistake_IsRefused(string expression, string message)
    {
        var error = Should.Throw<ServiceException>(() => MathExpression.Parse(expression));
        $"{error.Code}: {error.Message}".ShouldBe(message);
    }

    [Fact]
    public void Expressions_InACircle_AreRefused() =>
        Should.Throw<ServiceException>(() => ExpressionResults.Add([], [Query("e1", "e2"), Query("e2", "e1")], 0, 1, 60))
            .Message.ShouldBe("The expressions e1, e2 refer to each other in a circle.");

    private static MetricDataQuery Query(string id, string expression) => new() { Id = id, Expression = expression };
}
