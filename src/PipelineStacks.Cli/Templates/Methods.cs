using PipelineStacks.Cli.Templates.Modules;

namespace PipelineStacks.Cli.Templates;

/// <summary>All methods that templates can call, by name: faker 3.1's and the Kinesis Data Generator's own.</summary>
internal static class Methods
{
    private static readonly Dictionary<string, Method> All = new Method[][]
    {
        RandomModule.All, DateModule.All, PeopleModule.All, AddressModule.All, InternetModule.All, BusinessModule.All, TextModule.All, SystemModule.All,
    }.SelectMany(methods => methods).ToDictionary(method => method.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    public static Method? Find(string name) => All.GetValueOrDefault(name);

    /// <summary>What is wrong with a name, and the nearest that is right.</summary>
    public static string Unknown(string name)
    {
        if (name.Length == 0)
            return "an expression is empty: name a method, such as {{random.number(100)}}.";
        var module = name.Split('.')[0];
        var known = All.Keys.Where(method => method.StartsWith(module + ".", StringComparison.Ordinal)).ToList();
        var nearest = All.Keys.MinBy(method => Distance(method, name))!;
        var hint = Distance(nearest, name) <= 3 ? $"Did you mean '{nearest}'?"
            : known.Count > 0 ? $"Known there: {string.Join(", ", known)}."
            : $"Known modules: {string.Join(", ", All.Keys.Select(method => method.Split('.')[0]).Distinct().Order(StringComparer.Ordinal))}.";
        return $"unknown {(known.Count > 0 ? "method" : "module or method")} '{name}'. {hint}";
    }

    // Levenshtein's.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
