using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Expressions;

/// <summary>Values by the number of their period; periods without a value are left out.</summary>
internal sealed class TimeSeries : SortedDictionary<long, double>
{
    public TimeSeries()
    {
    }

    public TimeSeries(IEnumerable<KeyValuePair<long, double>> values)
    {
        foreach (var (period, value) in values)
            Add(period, value);
    }
}

/// <summary>For what an expression is evaluated.</summary>
/// <param name="Known">The metrics of the request and the results of other expressions, by id.</param>
/// <param name="Metrics">The metrics alone, which <c>METRICS()</c> means.</param>
/// <param name="First">The number of the first period.</param>
/// <param name="Count">How many periods there are.</param>
/// <param name="Seconds">The length of a period.</param>
internal sealed record MathScope(IReadOnlyDictionary<string, TimeSeries> Known, IReadOnlyCollection<TimeSeries> Metrics, long First, int Count, int Seconds);

/// <summary>
/// A parsed expression of CloudWatch's metric math:
/// <see href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html"/>.
/// </summary>
internal abstract record MathExpression
{
    /// <exception cref="ServiceException">The expression has a mistake, or a function that is not here.</exception>
    public static MathExpression Parse(string text) => new MathParser(text).Parse();

    /// <summary>The ids that it refers to.</summary>
    public abstract IEnumerable<string> References { get; }

    /// <returns>A time series, or a number that holds for every period.</returns>
    public abstract MathValue Evaluate(MathScope scope);

    internal sealed record Number(double Value) : MathExpression
    {
        public override IEnumerable<string> References => [];

        public override MathValue Evaluate(MathScope scope) => new(Value);
    }

    internal sealed record Reference(string Id) : MathExpression
    {
        public override IEnumerable<string> References => [Id];

        public override MathValue Evaluate(MathScope scope) => new(
            scope.Known.TryGetValue(Id, out var series) ? series : throw new ServiceException("ValidationError", $"Unknown identifier '{Id}'"));
    }

    internal sealed record Negation(MathExpression Of) : MathExpression
    {
        public override IEnumerable<string> References => Of.References;

        public override MathValue Evaluate(MathScope scope) => Of.Evaluate(scope).Map(value => 0 - value);
    }

    internal sealed record Binary(string Operator, MathExpression Left, MathExpression Right) : MathExpression
    {
        public override IEnumerable<string> References => Left.References.Concat(Right.References);

        public override MathValue Evaluate(MathScope scope) => Left.Evaluate(scope).With(Right.Evaluate(scope), Operator switch
        {
            "+" => (a, b) => a + b,
            "-" => (a, b) => a - b,
            "*" => (a, b) => a * b,
            "/" => (a, b) => b == 0 ? null : a / b,
            "^" => (a, b) => Math.Pow(a, b),
            "<" => (a, b) => a < b ? 1 : 0,
            "<=" => (a, b) => a <= b ? 1 : 0,
            ">" => (a, b) => a > b ? 1 : 0,
            ">=" => (a, b) => a >= b ? 1 : 0,
            "==" => (a, b) => a == b ? 1 : 0,
            "!=" => (a, b) => a != b ? 1 : 0,
            "AND" => (a, b) => a != 0 && b != 0 ? 1 : 0,
            _ => (a, b) => a != 0 || b != 0 ? 1 : 0,
        });
    }

    internal sealed record Call(string Name, IReadOnlyList<MathExpression> Arguments) : MathExpression
    {
        public override IEnumerable<string> References => Arguments.SelectMany(argument => argument.References);

        public override MathValue Evaluate(MathScope scope) => MathFunctions.Call(Name, Arguments, scope);
    }

    /// <summary>A list such as <c>[m1, m2]</c>, which only functions over several series take.</summary>
    internal sealed record Group(IReadOnlyList<MathExpression> Items) : MathExpression
    {
        public override IEnumerable<string> References => Items.SelectMany(item => item.References);

        public override MathValue Evaluate(MathScope scope) => throw new ServiceException("ValidationError", "The expression returns more than one time series.");
    }
}

/// <summary>A number or a time series.</summary>
internal readonly record struct MathValue
{
    public MathValue(double number) => Scalar = number;

    public MathValue(TimeSeries series) => Series = series;

    public double Scalar { get; }

    public TimeSeries? Series { get; }

    public MathValue Map(Func<double, double> change) =>
        Series is null ? new(change(Scalar)) : new(new TimeSeries(Series.Select(point => KeyValuePair.Create(point.Key, change(point.Value)))));

    /// <summary>Both, period by period: a period counts where both have a value.</summary>
    public MathValue With(MathValue other, Func<double, double, double?> combine)
    {
        if (Series is null && other.Series is null)
            return new(combine(Scalar, other.Scalar) ?? double.NaN);
        var result = new TimeSeries();
        foreach (var period in Series is null ? other.Series!.Keys : (IEnumerable<long>)Series.Keys)
        {
            if (At(period) is { } left && other.At(period) is { } right && combine(left, right) is { } value)
                result[period] = value;
        }

        return new(result);
    }

    public double? At(long period) => Series is null ? Scalar : Series.TryGetValue(period, out var value) ? value : null;
}
