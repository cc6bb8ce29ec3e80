using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Evaluation;

/// <summary>What came of a rule.</summary>
/// <param name="Result">PASS, FAIL or ERROR.</param>
internal sealed record Measured(string Result, string? Message, IReadOnlyDictionary<string, double> Metrics)
{
    private static readonly IReadOnlyDictionary<string, double> None = new Dictionary<string, double>();

    public static Measured Fail(string message) => new("FAIL", message, None);

    public static Measured Error(string message) => new("ERROR", message, None);

    /// <param name="value">NaN where there was nothing to measure, which no rule passes.</param>
    public static Measured Of(string metric, double value, bool holds, string? details = null) => new(
        holds && !double.IsNaN(value) ? "PASS" : "FAIL",
        holds && !double.IsNaN(value) ? null
            : double.IsNaN(value) ? $"Empty state for {metric}: there are no values to measure."
            : $"Value: {value.ToString(CultureInfo.InvariantCulture)} does not meet the constraint requirement!{(details is null ? "" : " " + details)}",
        double.IsNaN(value) ? None : new Dictionary<string, double> { [metric] = value });

    /// <summary>Several as one, by AND or OR.</summary>
    public static Measured Compose(string name, IReadOnlyList<Measured> all)
    {
        var result = name == "AND"
            ? all.Any(one => one.Result == "ERROR") ? "ERROR" : all.All(one => one.Result == "PASS") ? "PASS" : "FAIL"
            : all.Any(one => one.Result == "PASS") ? "PASS" : all.Any(one => one.Result == "ERROR") ? "ERROR" : "FAIL";
        var metrics = new Dictionary<string, double>();
        foreach (var (metric, value) in all.SelectMany(one => one.Metrics))
            metrics[metric] = value;
        return new(result, result == "PASS" ? null : string.Join('\n', all.Select(one => one.Message).OfType<string>()), metrics);
    }
}
