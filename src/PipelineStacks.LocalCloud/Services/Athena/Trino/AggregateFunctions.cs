using System.Collections.Frozen;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>A call of an aggregate or window function, in pieces of DuckDB's SQL.</summary>
/// <param name="Inside">What stands in the parentheses after the arguments: ORDER BY, IGNORE NULLS.</param>
/// <param name="After">What follows: FILTER, OVER.</param>
internal sealed record AggregateCall(IReadOnlyList<string> Arguments, string Distinct, string Inside, string After)
{
    public string As(string function) => With(function, Arguments);

    public string With(string function, params IReadOnlyList<string> arguments) =>
        $"{function}({Distinct}{string.Join(", ", arguments)}{Inside}){After}";

    /// <summary>A value that is always null and has the type of a function's result, for the same rows.</summary>
    public string Witness(string function, string argument)
    {
        var over = After.IndexOf(" OVER ", StringComparison.Ordinal);
        return $"{function}({argument}) FILTER (WHERE false){(over < 0 ? "" : After[over..])}";
    }
}

/// <summary>Trino's aggregate and window functions.</summary>
internal static class AggregateFunctions
{
    private static readonly FrozenDictionary<string, Func<AggregateCall, string>> All = Make();

    public static Func<AggregateCall, string>? Find(string name) => All.GetValueOrDefault(name);

    private static FrozenDictionary<string, Func<AggregateCall, string>> Make()
    {
        var all = new Dictionary<string, Func<AggregateCall, string>>(StringComparer.Ordinal);
        foreach (var same in (ReadOnlySpan<string>)
            [
                "count", "sum", "min", "max", "array_agg", "bool_and", "bool_or", "max_by", "min_by", "stddev", "stddev_pop", "stddev_samp", "variance",
                "var_pop", "var_samp", "corr", "covar_pop", "covar_samp", "regr_slope", "regr_intercept", "skewness", "string_agg",
                "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value", "nth_value",
            ])
            all[same] = call => call.As(same);
        foreach (var (trino, duck) in (ReadOnlySpan<(string, string)>)
            [
                ("every", "bool_and"), ("any_value", "any_value"), ("arbitrary", "any_value"), ("approx_distinct", "approx_count_distinct"),
                ("approx_percentile", "approx_quantile"), ("bitwise_and_agg", "bit_and"), ("bitwise_or_agg", "bit_or"), ("bitwise_xor_agg", "bit_xor"),
                ("kurtosis", "kurtosis"), ("count_if", "count_if"), ("listagg", "string_agg"), ("histogram", "histogram"),
            ])
            all[trino] = call => call.As(duck);
        // DuckDB averages decimals to a double; in Trino the average is a decimal like them. A median has the type wanted.
        all["avg"] = call => $"cast_to_type({call.As("avg")}, {call.Witness("median", call.Arguments[0])})";
        all["geometric_mean"] = call => $"exp({call.With("avg", $"ln({call.Arguments[0]})")})";
        all["set_agg"] = call => (call with { Distinct = "DISTINCT " }).As("list");
        all["map_agg"] = call => $"map_from_entries({(call with { Distinct = "DISTINCT " }).With("list", $"row({string.Join(", ", call.Arguments)})")})";
        return all.ToFrozenDictionary();
    }
}
