using System.Globalization;
using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Replays;

/// <summary>Says of a record whether the clean zone would take it: every column of its type, the key complete, the dataset's rules kept.</summary>
internal sealed class RecordCheck(Dataset dataset)
{
    /// <summary>The columns' values as every later reader understands them, and all that is wrong with the record.</summary>
    public (IReadOnlyDictionary<string, JsonNode?> Values, IReadOnlyList<string> Errors) Check(JsonObject record)
    {
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        List<string> errors = [];
        foreach (var column in dataset.Columns)
        {
            var (value, error) = ValueCheck.Read(column.Type, Find(record, column));
            values[column.Name] = value;
            if (error is not null)
                errors.Add($"{column.Name} {error}");
            else if (value is null && IsNeeded(column.Name))
                errors.Add($"{column.Name} is missing");
        }

        errors.AddRange(dataset.Quality.Select(rule => Broken(rule, values)).OfType<string>());
        return (values, errors);
    }

    // The key of the JSON records, whose case nobody keeps to; or the column's name, by which a job writes down what it rejects.
    private JsonNode? Find(JsonObject record, Column column) => Member(record, column.Key) ?? Member(record, column.Name);

    private JsonNode? Member(JsonObject record, string name)
    {
        var value = record.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return dataset.Source is DatabaseSource && value is JsonValue scalar && scalar.TryGetValue<string>(out var text) && text == ReplicationFormat.CsvNull ? null : value;
    }

    private bool IsNeeded(string column) =>
        dataset.Key.Contains(column) || dataset.Partition?.Of == column || dataset.Quality.OfType<NotNull>().Any(rule => rule.Column == column);

    private static string? Broken(QualityRule rule, Dictionary<string, JsonNode?> values) => rule switch
    {
        OneOf one when values.GetValueOrDefault(one.Column) is { } value && !one.Values.Contains(ValueCheck.Text(value)) =>
            $"{one.Column} is {ValueCheck.Shown(value)}, and must be one of {string.Join(", ", one.Values)}",
        InRange range when values.GetValueOrDefault(range.Column) is { } value && !IsWithin(range, value) =>
            string.Create(CultureInfo.InvariantCulture, $"{range.Column} is {ValueCheck.Shown(value)}, and must be from {range.Minimum} to {range.Maximum}"),
        _ => null,
    };

    private static bool IsWithin(InRange range, JsonNode value) =>
        decimal.TryParse(ValueCheck.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= range.Minimum && number <= range.Maximum;
}
