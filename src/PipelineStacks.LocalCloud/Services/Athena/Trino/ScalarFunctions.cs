using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>
/// Trino's scalar functions. A function is DuckDB's own where both do the same, a macro of <c>functions.sql</c> where they
/// differ. There are no others: what only DuckDB has is refused like anything unknown, since Athena would.
/// </summary>
internal static partial class ScalarFunctions
{
    private static readonly FrozenDictionary<string, string> Native = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["filter"] = "list_filter",
        ["transform"] = "list_transform",
        ["array_distinct"] = "list_distinct",
        ["array_max"] = "list_max",
        ["array_min"] = "list_min",
        ["array_intersect"] = "list_intersect",
        ["arrays_overlap"] = "list_has_any",
        ["contains"] = "list_contains",
        ["flatten"] = "flatten",
        ["map_keys"] = "map_keys",
        ["map_values"] = "map_values",
        ["map_entries"] = "map_entries",
        ["map_from_entries"] = "map_from_entries",
        ["map_concat"] = "map_concat",
        ["map"] = "map",
        ["zip"] = "list_zip",
        ["day_of_week"] = "isodow",
        ["dow"] = "isodow",
        ["day_of_month"] = "day",
        ["day_of_year"] = "dayofyear",
        ["doy"] = "dayofyear",
        ["week"] = "weekofyear",
        ["week_of_year"] = "weekofyear",
        ["year_of_week"] = "isoyear",
        ["yow"] = "isoyear",
        ["last_day_of_month"] = "last_day",
        ["to_unixtime"] = "epoch",
        ["regexp_like"] = "regexp_matches",
        ["regexp_split"] = "regexp_split_to_array",
        ["regexp_extract_all"] = "regexp_extract_all",
        ["levenshtein_distance"] = "levenshtein",
        ["hamming_distance"] = "hamming",
        ["codepoint"] = "ord",
        ["truncate"] = "trunc",
        ["is_nan"] = "isnan",
        ["is_finite"] = "isfinite",
        ["is_infinite"] = "isinf",
        ["to_hex"] = "hex",
        ["from_hex"] = "unhex",
        ["to_utf8"] = "encode",
        ["from_utf8"] = "decode",
        ["json_parse"] = "json",
        ["json_array_length"] = "json_array_length",
        ["bitwise_xor"] = "xor",
        ["rand"] = "random",
        ["ceiling"] = "ceil",
        ["date"] = "trino.to_date",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Same = FrozenSet.Create(StringComparer.Ordinal,
        "abs", "acos", "asin", "atan", "atan2", "ceil", "chr", "concat_ws", "cos", "cosh", "day", "degrees", "exp", "floor", "hour", "ln", "log2",
        "log10", "lower", "lpad", "minute", "month", "nullif", "pi", "pow", "power", "quarter", "radians", "random", "replace", "round", "rpad",
        "second", "sign", "sin", "sinh", "sqrt", "starts_with", "strpos", "tan", "tanh", "translate", "trim", "ltrim", "rtrim", "try", "upper",
        "url_encode", "url_decode", "uuid", "year", "coalesce", "json_extract", "length");

    private static readonly FrozenDictionary<string, Macro> Macros = ReadMacros();

    /// <summary>The call in DuckDB's words; null for a function that does not exist.</summary>
    public static string? Translate(string name, IReadOnlyList<Expr> arguments)
    {
        var sql = arguments.Select(argument => argument.Sql).ToList();
        if (DatePatterns.Translate(name, arguments) is { } dates)
            return dates;
        if (Special(name, sql) is { } special)
            return special;
        var target = Native.GetValueOrDefault(name) ?? (Same.Contains(name) ? name : Macros.ContainsKey(name) && !Internal.Contains(name) ? $"trino.{name}" : null);
        return target is null ? null : $"{target}({string.Join(", ", sql)})";
    }

    /// <summary>The statements that make the macros which a query uses.</summary>
    public static IEnumerable<string> Prelude(string sql)
    {
        var wanted = new Queue<string>(Calls().Matches(sql).Select(match => match.Groups[1].Value));
        var made = new HashSet<string>(StringComparer.Ordinal);
        var statements = new List<string>();
        while (wanted.TryDequeue(out var name))
        {
            if (!Macros.TryGetValue(name, out var macro) || !made.Add(name))
                continue;
            statements.Add(macro.Sql);
            foreach (var inner in macro.Uses)
                wanted.Enqueue(inner);
        }

        // A macro must exist before one that calls it is made.
        statements.Reverse();
        return statements;
    }

    private static readonly FrozenSet<string> Internal = FrozenSet.Create(StringComparer.Ordinal,
        "plus", "minus", "divide", "modulus", "compared", "compared_value", "to_varchar", "to_date", "span", "scientific", "normalised");

    private static string? Special(string name, List<string> arguments)
    {
        string At(int index) => index < arguments.Count ? arguments[index] : "NULL";
        string All(string separator) => string.Join(separator, arguments);
        return name switch
        {
            "if" => $"CASE WHEN {At(0)} THEN {At(1)} ELSE {At(2)} END",
            // Unlike DuckDB's, Trino's is null as soon as one part is.
            "concat" => $"({All(" || ")})",
            "greatest" or "least" => $"CASE WHEN {string.Join(" OR ", arguments.Select(argument => $"{argument} IS NULL"))} THEN NULL ELSE {name}({All(", ")}) END",
            "mod" => $"trino.modulus({All(", ")})",
            "reduce" when arguments.Count == 4 => $"list_apply([list_reduce({At(0)}, {At(2)}, {At(1)})], {At(3)})[1]",
            "any_match" => $"list_bool_or(list_transform({All(", ")}))",
            "all_match" => $"coalesce(list_bool_and(list_transform({All(", ")})), true)",
            "none_match" => $"NOT coalesce(list_bool_or(list_transform({All(", ")})), false)",
            "bitwise_and" => $"({All(" & ")})",
            "bitwise_or" => $"({All(" | ")})",
            "bitwise_not" => $"(~ {At(0)})",
            "format" => $"printf({All(", ")})",
            "e" => "exp(1e0)",
            "infinity" => "'inf'::DOUBLE",
            "nan" => "'nan'::DOUBLE",
            "current_timezone" => "'UTC'::VARCHAR",
            _ => null,
        };
    }

    private static FrozenDictionary<string, Macro> ReadMacros()
    {
        using var stream = typeof(ScalarFunctions).Assembly.GetManifestResourceStream("trino.functions.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(sql => sql[Math.Max(0, sql.IndexOf("CREATE MACRO", StringComparison.Ordinal))..])
            .Select(sql => new Macro(
                Definition().Match(sql).Groups[1].Value, sql, [.. Calls().Matches(sql).Select(match => match.Groups[1].Value).Skip(1)]))
            .Where(macro => macro.Name.Length > 0).ToFrozenDictionary(macro => macro.Name);
    }

    [GeneratedRegex(@"\btrino\.(\w+)\(")]
    private static partial Regex Calls();

    [GeneratedRegex(@"CREATE MACRO trino\.(\w+)\(")]
    private static partial Regex Definition();

    private sealed record Macro(string Name, string Sql, IReadOnlyList<string> Uses);
}
