using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Expressions;

/// <summary>The functions of metric math that alarms and dashboards use here; others are refused by name when the expression is parsed.</summary>
internal static class MathFunctions
{
    private static readonly Dictionary<string, (int Least, int Most)> Arity = new(StringComparer.Ordinal)
    {
        ["ABS"] = (1, 1),
        ["AVG"] = (1, 1),
        ["CEIL"] = (1, 1),
        ["DIFF"] = (1, 1),
        ["FILL"] = (2, 2),
        ["FLOOR"] = (1, 1),
        ["IF"] = (2, 3),
        ["MAX"] = (1, 1),
        ["METRICS"] = (0, 0),
        ["METRIC_COUNT"] = (1, 1),
        ["MIN"] = (1, 1),
        ["PERIOD"] = (1, 1),
        ["RATE"] = (1, 1),
        ["RUNNING_SUM"] = (1, 1),
        ["SUM"] = (1, 1),
    };

    /// <exception cref="ServiceException">There is no such function here, or it takes another number of arguments.</exception>
    public static void Check(string name, int arguments)
    {
        if (!Arity.TryGetValue(name, out var arity))
            throw ServiceException.Unsupported($"The function {name} of metric math");
        if (arguments < arity.Least || arguments > arity.Most)
            throw new ServiceException("ValidationError", $"Invalid number of arguments to the function {name}: {arguments}.");
    }

    public static MathValue Call(string name, IReadOnlyList<MathExpression> arguments, MathScope scope) => name switch
    {
        "ABS" => arguments[0].Evaluate(scope).Map(Math.Abs),
        "CEIL" => arguments[0].Evaluate(scope).Map(Math.Ceiling),
        "FLOOR" => arguments[0].Evaluate(scope).Map(Math.Floor),
        "DIFF" => Step(arguments[0], scope, (before, after) => after - before),
        "RATE" => Step(arguments[0], scope, (before, after) => (after - before) / scope.Seconds),
        "RUNNING_SUM" => RunningSum(Series(arguments[0], scope)),
        "PERIOD" => new(scope.Seconds),
        "METRIC_COUNT" => new(All(arguments[0], scope).Count),
        "FILL" => Fill(arguments[0], arguments[1], scope),
        "IF" => If(arguments, scope),
        "METRICS" => throw new ServiceException("ValidationError", "METRICS() returns several time series: give it to a function such as SUM."),
        _ => Aggregate(name, arguments[0], scope),
    };

    // Of one series these are one number, of several a series across them.
    private static MathValue Aggregate(string name, MathExpression argument, MathScope scope)
    {
        Func<IEnumerable<double>, double> function = name switch
        {
            "SUM" => Enumerable.Sum,
            "AVG" => Enumerable.Average,
            "MIN" => Enumerable.Min,
            _ => Enumerable.Max,
        };
        if (argument is not (MathExpression.Group or MathExpression.Call { Name: "METRICS" }))
            return Series(argument, scope) is { Count: > 0 } one ? new(function(one.Values)) : new(new TimeSeries());
        var all = All(argument, scope);
        return new(new TimeSeries(all.SelectMany(series => series).GroupBy(point => point.Key, point => point.Value)
            .Select(period => KeyValuePair.Create(period.Key, function(period)))));
    }

    private static List<TimeSeries> All(MathExpression argument, MathScope scope) => argument switch
    {
        MathExpression.Call { Name: "METRICS" } => [.. scope.Metrics],
        MathExpression.Group group => [.. group.Items.Select(item => Series(item, scope))],
        _ => [Series(argument, scope)],
    };

    private static TimeSeries Series(MathExpression argument, MathScope scope)
    {
        var value = argument.Evaluate(scope);
        return value.Series ?? new TimeSeries(Periods(scope).Select(period => KeyValuePair.Create(period, value.Scalar)));
    }

    private static MathValue Fill(MathExpression argument, MathExpression with, MathScope scope)
    {
        var series = Series(argument, scope);
        var repeats = with is MathExpression.Reference { Id: "REPEAT" };
        if (with is MathExpression.Reference { Id: "LINEAR" })
            throw ServiceException.Unsupported("FILL with LINEAR");
        var filler = repeats ? default : with.Evaluate(scope);
        var filled = new TimeSeries();
        double? last = null;
        foreach (var period in Periods(scope))
        {
            if (series.TryGetValue(period, out var value))
                last = value;
            if ((series.ContainsKey(period) ? value : repeats ? last : filler.At(period)) is { } found)
                filled[period] = found;
        }

        return new(filled);
    }

    private static MathValue If(IReadOnlyList<MathExpression> arguments, MathScope scope)
    {
        var (condition, then) = (arguments[0].Evaluate(scope), arguments[1].Evaluate(scope));
        MathValue? otherwise = arguments.Count > 2 ? arguments[2].Evaluate(scope) : null;
        var result = new TimeSeries();
        foreach (var period in Periods(scope))
        {
            if (condition.At(period) is { } holds && (holds != 0 ? then.At(period) : otherwise?.At(period)) is { } value)
                result[period] = value;
        }

        return new(result);
    }

    private static MathValue Step(MathExpression argument, MathScope scope, Func<double, double, double> step)
    {
        var points = Series(argument, scope).ToList();
        return new(new TimeSeries(points.Zip(points.Skip(1), (before, after) => KeyValuePair.Create(after.Key, step(before.Value, after.Value)))));
    }

    private static MathValue RunningSum(TimeSeries series)
    {
        var sum = 0.0;
        return new(new TimeSeries(series.Select(point => KeyValuePair.Create(point.Key, sum += point.Value))));
    }

    private static IEnumerable<long> Periods(MathScope scope) => Enumerable.Range(0, scope.Count).Select(i => scope.First + i);
}
