using System.Globalization;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>
/// Partition projection: a table's partitions by rules in its properties, in place of the catalog's list. See
/// <see href="https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html"/>.
/// </summary>
internal sealed partial class PartitionProjection(CatalogTable table, DateTimeOffset now)
{
    // More values than this in one column mean a range that was not meant.
    private const int MostValues = 1_000_000;

    public static bool IsEnabled(CatalogTable table) =>
        table.Parameters.TryGetValue("projection.enabled", out var enabled) && enabled.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The values that a column can have, as they stand in paths and as SQL.</summary>
    /// <param name="asked">The values that the query asks for, which are all that an injected column has.</param>
    public IReadOnlyList<ProjectedValue> Values(CatalogColumn column, IReadOnlyList<string>? asked)
    {
        var kind = Property(column, "type") ?? throw Invalid(column, "type", "is missing");
        return kind.ToLowerInvariant() switch
        {
            "enum" => [.. Required(column, "values").Split(',').Select(value => Plain(column, value.Trim()))],
            "integer" => Integers(column),
            "date" => Dates(column),
            "injected" => asked is null
                ? throw new SqlException("CONSTRAINT_VIOLATION: For the injected projected partition column "
                    + $"{column.Name}, the WHERE clause must contain only static equality conditions, and at least one such condition must be present.")
                : [.. asked.Select(value => Plain(column, value.Trim('\'')))],
            _ => throw Invalid(column, "type", $"is {kind}, which is none of enum, integer, date and injected"),
        };
    }

    /// <summary>Where a partition's objects are.</summary>
    public string Location(IReadOnlyList<string> texts)
    {
        if (!table.Parameters.TryGetValue("storage.location.template", out var template))
            return $"{table.Location.TrimEnd('/')}/{string.Join('/', table.PartitionKeys.Zip(texts, (key, text) => $"{key.Name}={text}"))}/";
        for (var i = 0; i < texts.Count; i++)
            template = template.Replace($"${{{table.PartitionKeys[i].Name}}}", texts[i], StringComparison.OrdinalIgnoreCase);
        return template;
    }

    /// <summary>The folder that all partitions are under.</summary>
    public S3Location Root()
    {
        var location = table.Parameters.GetValueOrDefault("storage.location.template") ?? table.Location.TrimEnd('/') + "/";
        var first = location.IndexOf("${", StringComparison.Ordinal);
        return S3Location.Parse(first < 0 ? location : location[..first])
            ?? throw new SqlException($"INVALID_TABLE_PROPERTY: The location of {table.Database}.{table.Name} is no place in S3: {location}");
    }

    private static ProjectedValue Plain(CatalogColumn column, string text) =>
        new(text, $"CAST({DuckDb.Sql.Literal(text)} AS {SqlTypes.FromHive(column.Type)})");

    private List<ProjectedValue> Integers(CatalogColumn column)
    {
        var (first, last) = Range(column);
        if (!long.TryParse(first, CultureInfo.InvariantCulture, out var low) || !long.TryParse(last, CultureInfo.InvariantCulture, out var high))
            throw Invalid(column, "range", $"is {first},{last}, which is no range of integers");
        var step = Step(column);
        var digits = int.Parse(Property(column, "digits") ?? "0", CultureInfo.InvariantCulture);
        if ((high - low) / step > MostValues)
            throw Invalid(column, "range", $"has more than {MostValues} values");
        var values = new List<ProjectedValue>();
        for (var value = low; value <= high; value += step)
            values.Add(Plain(column, value.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')));
        return values;
    }

    private List<ProjectedValue> Dates(CatalogColumn column)
    {
        var format = Required(column, "format");
        var (first, last) = Range(column);
        var (low, high) = (Moment(column, first, format), Moment(column, last, format));
        var step = Step(column);
        var unit = (Property(column, "interval.unit") ?? DefaultUnit(column, format)).ToUpperInvariant().TrimEnd('S');
        var isDate = column.Type.Equals("date", StringComparison.OrdinalIgnoreCase);
        var values = new List<ProjectedValue>();
        for (var i = 0; Add(low, unit, i * step) is var value && value <= high; i++)
        {
            if (i > MostValues)
                throw Invalid(column, "range", $"has more than {MostValues} values");
            var text = value.ToString(format, CultureInfo.InvariantCulture);
            values.Add(isDate ? new(text, $"DATE '{value:yyyy-MM-dd}'") : Plain(column, text));
        }

        return values;
    }

    private DateTime Moment(CatalogColumn column, string text, string format)
    {
        if (Relative().Match(text) is { Success: true } relative)
        {
            var amount = relative.Groups["amount"].Success ? int.Parse(relative.Groups["sign"].Value + relative.Groups["amount"].Value, CultureInfo.InvariantCulture) : 0;
            return Add(now.UtcDateTime, relative.Groups["unit"].Success ? relative.Groups["unit"].Value.ToUpperInvariant().TrimEnd('S') : "DAY", amount);
        }

        return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment : throw Invalid(column, "range", $"holds {text}, which is not of the format {format}");
    }

    private static DateTime Add(DateTime time, string unit, int amount) => unit switch
    {
        "YEAR" => time.AddYears(amount),
        "MONTH" => time.AddMonths(amount),
        "WEEK" => time.AddDays(7 * amount),
        "DAY" => time.AddDays(amount),
        "HOUR" => time.AddHours(amount),
        "MINUTE" => time.AddMinutes(amount),
        "SECOND" => time.AddSeconds(amount),
        _ => throw new SqlException($"INVALID_TABLE_PROPERTY: {unit} is no unit of a partition projection's interval."),
    };

    // Days and months step by themselves; finer formats must say by what.
    private string DefaultUnit(CatalogColumn column, string format) =>
        format.Contains('H', StringComparison.Ordinal) || format.Contains('m', StringComparison.Ordinal) || !format.Contains('M', StringComparison.Ordinal)
            ? throw Invalid(column, "interval.unit", $"is missing, which the format {format} needs")
            : format.Contains('d', StringComparison.Ordinal) ? "DAYS" : "MONTHS";

    private int Step(CatalogColumn column) => int.Parse(Property(column, "interval") ?? "1", CultureInfo.InvariantCulture);

    private (string First, string Last) Range(CatalogColumn column) =>
        Required(column, "range").Split(',') is [var first, var last] ? (first.Trim(), last.Trim()) : throw Invalid(column, "range", "is not first,last");

    private string Required(CatalogColumn column, string name) => Property(column, name) ?? throw Invalid(column, name, "is missing");

    private string? Property(CatalogColumn column, string name) => table.Parameters.GetValueOrDefault($"projection.{column.Name}.{name}");

    private SqlException Invalid(CatalogColumn column, string name, string problem) =>
        new($"INVALID_TABLE_PROPERTY: projection.{column.Name}.{name} of table {table.Database}.{table.Name} {problem}.");

    [GeneratedRegex(@"^\s*NOW\s*(?:(?<sign>[+-])\s*(?<amount>\d+)\s*(?<unit>(?:YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?)\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Relative();
}

/// <summary>A value of a projected column: as it stands in paths, and as SQL.</summary>
internal readonly record struct ProjectedValue(string Text, string Sql);
