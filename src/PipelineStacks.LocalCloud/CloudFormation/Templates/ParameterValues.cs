using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>A parameter as a stack keeps it.</summary>
/// <param name="Value">What was given: for parameters from Systems Manager the name there.</param>
/// <param name="ResolvedValue">What Systems Manager holds under that name.</param>
internal sealed record ParameterValue(string Key, string Value, string? ResolvedValue = null);

/// <summary>A parameter as a request gives it.</summary>
internal sealed record ParameterInput(string Key, string? Value, bool UsePreviousValue);

/// <summary>Gives every parameter of a template its value, and checks it as the template demands.</summary>
internal static class ParameterValues
{
    private const string SsmValue = "AWS::SSM::Parameter::Value<String>";

    /// <param name="fromSystemsManager">The value of a Systems Manager parameter, or null when there is none of that name.</param>
    public static IReadOnlyList<ParameterValue> Resolve(
        Template template, IReadOnlyList<ParameterInput> given, IReadOnlyList<ParameterValue> previous, Func<string, string?> fromSystemsManager)
    {
        CheckNames(template, given);
        var values = new List<ParameterValue>();
        var missing = new List<string>();
        foreach (var parameter in template.Parameters.Values)
        {
            if (Given(parameter, given, previous) is not { } value)
            {
                missing.Add(parameter.Name);
                continue;
            }

            Check(parameter, value);
            values.Add(parameter.Type == SsmValue
                ? new(parameter.Name, value, fromSystemsManager(value) ?? throw TemplateErrors.Validation(
                    $"Unable to fetch parameters [{value}] from parameter store for this account."))
                : new(parameter.Name, value));
        }

        return missing.Count == 0 ? values : throw TemplateErrors.Validation($"Parameters: [{string.Join(", ", missing)}] must have values");
    }

    /// <summary>What <c>Ref</c> returns for each parameter.</summary>
    public static Dictionary<string, JsonNode> ForRef(Template template, IEnumerable<ParameterValue> values) =>
        values.Where(value => template.Parameters.ContainsKey(value.Key)).ToDictionary(
            value => value.Key, value => ForRef(template.Parameters[value.Key].Type, value.ResolvedValue ?? value.Value), StringComparer.Ordinal);

    private static JsonNode ForRef(string type, string value) => type is "CommaDelimitedList" or "List<Number>"
        ? new JsonArray([.. value.Length == 0 ? [] : value.Split(',').Select(item => JsonValue.Create(item.Trim()))])
        : JsonValue.Create(value);

    private static void CheckNames(Template template, IReadOnlyList<ParameterInput> given)
    {
        var unknown = given.Select(parameter => parameter.Key).Where(key => !template.Parameters.ContainsKey(key)).ToList();
        if (unknown.Count > 0)
            throw TemplateErrors.Validation($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template");
    }

    private static string? Given(ParameterDefinition parameter, IReadOnlyList<ParameterInput> given, IReadOnlyList<ParameterValue> previous)
    {
        var input = given.FirstOrDefault(candidate => candidate.Key == parameter.Name);
        if (input is not { UsePreviousValue: true })
            return input?.Value ?? parameter.Default;
        return previous.FirstOrDefault(value => value.Key == parameter.Name)?.Value
            ?? throw TemplateErrors.Validation($"Invalid input for parameter key {parameter.Name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template");
    }

    private static void Check(ParameterDefinition parameter, string value)
    {
        if (parameter.Type is not ("String" or "Number" or "CommaDelimitedList" or "List<Number>" or SsmValue))
            throw TemplateErrors.Unsupported($"The type {parameter.Type} of parameter {parameter.Name}");
        if (parameter.AllowedValues.Count > 0 && !parameter.AllowedValues.Contains(value, StringComparer.Ordinal))
            throw Invalid(parameter, $"must be one of AllowedValues: [{string.Join(", ", parameter.AllowedValues)}]");
        if (parameter.AllowedPattern is { } pattern && !Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1)))
            throw Invalid(parameter, $"must match pattern {pattern}");
        if (value.Length < parameter.MinLength)
            throw Invalid(parameter, $"must contain at least {parameter.MinLength} characters");
        if (value.Length > parameter.MaxLength)
            throw Invalid(parameter, $"must contain at most {parameter.MaxLength} characters");
        foreach (var number in parameter.Type switch { "Number" => [value], "List<Number>" => value.Split(','), _ => Array.Empty<string>() })
            CheckNumber(parameter, number);
    }

    private static void CheckNumber(ParameterDefinition parameter, string value)
    {
        if (!decimal.TryParse(value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            throw Invalid(parameter, "must be a number");
        if (number < parameter.MinValue)
            throw Invalid(parameter, $"must be a number not less than {parameter.MinValue}");
        if (number > parameter.MaxValue)
            throw Invalid(parameter, $"must be a number not greater than {parameter.MaxValue}");
    }

    private static Calls.ServiceException Invalid(ParameterDefinition parameter, string constraint) =>
        TemplateErrors.Validation($"Parameter '{parameter.Name}' {(parameter.ConstraintDescription is { } said ? $"failed to satisfy constraint: {said}" : constraint)}");
}
