using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Expressions;

/// <summary>Evaluates the expressions of a request, which may refer to each other in any order.</summary>
internal static class ExpressionResults
{
    /// <param name="results">The metrics, to which the expressions are added.</param>
    /// <param name="first">The number of the first period.</param>
    public static void Add(Dictionary<string, TimeSeries> results, IReadOnlyList<MetricDataQuery> queries, long first, int count, int seconds)
    {
        var scope = new MathScope(results, [.. results.Values], first, count, seconds);
        var waiting = queries.Where(query => query.Expression is not null).Select(query => (query.Id, Expression: MathExpression.Parse(query.Expression!))).ToList();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(query => !query.Expression.References.Any(reference => waiting.Exists(other => other.Id == reference))).ToList();
            if (ready.Count == 0)
                throw new ServiceException("ValidationError", $"The expressions {string.Join(", ", waiting.Select(query => query.Id))} refer to each other in a circle.");
            foreach (var (id, expression) in ready)
            {
                var value = expression.Evaluate(scope);
                results[id] = value.Series ?? new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create(first + i, value.Scalar)));
            }

            waiting.RemoveAll(query => results.ContainsKey(query.Id));
        }
    }
}
