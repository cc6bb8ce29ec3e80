using System.Text.Json;
using System.Text.RegularExpressions;

namespace PipelineStacks.Model.Datasets;

/// <summary>
/// What can be told of a record template without generating: whether it is JSON around its expressions, and which keys it fills.
/// </summary>
internal static partial class SampleTemplate
{
    /// <summary>The keys of the record, or null where the template isn't one JSON object.</summary>
    public static IReadOnlyList<string>? Keys(string template)
    {
        try
        {
            using var record = JsonDocument.Parse(Expression().Replace(template, "0"));
            return record.RootElement.ValueKind == JsonValueKind.Object
                ? [.. record.RootElement.EnumerateObject().Select(member => member.Name)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An expression ends at the first }} after its {{: the generator's grammar knows no nesting.
    [GeneratedRegex(@"\{\{.*?\}\}", RegexOptions.Singleline)]
    private static partial Regex Expression();
}
