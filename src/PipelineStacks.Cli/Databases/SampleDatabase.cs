using System.Text.RegularExpressions;

namespace PipelineStacks.Cli.Databases;

/// <summary>Sakila, or a database in its shape, as two scripts for MySQL's client.</summary>
/// <param name="Origin">Where it comes from, for people.</param>
/// <param name="Schema">Makes the schema with its tables, over what is there.</param>
/// <param name="Data">Fills them.</param>
internal sealed partial record SampleDatabase(string Origin, string Schema, string Data)
{
    public const string Name = "sakila";

    /// <summary>
    /// The official scripts, ready for MariaDB as well: it skips what is commented for MySQL 5.7 to 9.9, also where it could do it, and Sakila's addresses
    /// would have no location there. What is meant for MySQL 8 stays commented, since only MySQL understands it.
    /// </summary>
    public static SampleDatabase Official(string origin, string schema, string data) => new(origin, Unwrap(schema), Unwrap(data));

    private static string Unwrap(string script) => ForMySql5().Replace(script, "${what}");

    [GeneratedRegex(@"/\*!5\d{4}(?<what>[^*]*)\*/")]
    private static partial Regex ForMySql5();

    /// <summary>The rows of Sakila, whichever its version.</summary>
    public static IReadOnlyDictionary<string, int> Rows { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["actor"] = 200,
        ["address"] = 603,
        ["category"] = 16,
        ["city"] = 600,
        ["country"] = 109,
        ["customer"] = 599,
        ["film"] = 1000,
        ["film_actor"] = 5462,
        ["film_category"] = 1000,
        ["film_text"] = 1000,
        ["inventory"] = 4581,
        ["language"] = 6,
        ["payment"] = 16049,
        ["rental"] = 16044,
        ["staff"] = 2,
        ["store"] = 2,
    };
}
