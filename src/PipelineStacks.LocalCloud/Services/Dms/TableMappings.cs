using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>The rules of a task's table mappings: checked here, applied by the worker.</summary>
internal static class TableMappings
{
    private static readonly string[] Transformations =
        ["rename", "convert-lowercase", "convert-uppercase", "add-prefix", "add-suffix", "remove-column", "add-column"];

    /// <returns>The rules.</returns>
    public static JsonArray Parse(string text)
    {
        JsonArray rules;
        try
        {
            rules = JsonNode.Parse(text)?["rules"] as JsonArray ?? throw Invalid("it has no rules");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Invalid(error.Message);
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (rule is not JsonObject members)
                throw Invalid("a rule is not an object");
            Check(members);
            if (!ids.Add(members["rule-id"]!.ToString()))
                throw Invalid($"Duplicate rule-id {members["rule-id"]}");
        }

        return rules.Any(rule => Text(rule!, "rule-type") == "selection") ? rules : throw Invalid("it has no selection rule");
    }

    private static void Check(JsonObject rule)
    {
        foreach (var name in new[] { "rule-type", "rule-id", "rule-name", "object-locator", "rule-action" })
            if (rule[name] is null)
                throw Invalid($"Missing mandatory field {name}");
        var (type, action) = (Text(rule, "rule-type"), Text(rule, "rule-action"));
        var allowed = type switch
        {
            "selection" => CheckSelection(action),
            "transformation" => CheckTransformation(rule, action),
            _ => throw ServiceException.Unsupported($"The table mapping rule type {type}"),
        };
        var unknown = rule.Select(member => member.Key).Except(allowed).FirstOrDefault();
        if (unknown is not null)
            throw ServiceException.Unsupported($"The member {unknown} of {type} rules in table mappings");
        CheckLocator(rule["object-locator"]!);
    }

    private static string[] CheckSelection(string? action) => action is "include" or "exclude"
        ? ["rule-type", "rule-id", "rule-name", "object-locator", "rule-action", "filters"]
        : throw ServiceException.Unsupported($"The selection rule action {action}");

    private static string[] CheckTransformation(JsonObject rule, string? action)
    {
        if (!Transformations.Contains(action))
            throw ServiceException.Unsupported($"The transformation rule action {action}");
        if (Text(rule, "rule-target") is not ("schema" or "table" or "column"))
            throw Invalid($"The rule-target {Text(rule, "rule-target")} is not supported");
        if (action is "rename" or "add-prefix" or "add-suffix" && rule["value"] is null)
            throw Invalid($"Missing value for the action {action}");
        if (action == "add-column")
            HeaderColumns.Check(rule);
        else if (Text(rule, "rule-target") == "column" && rule["object-locator"]?["column-name"] is null)
            throw Invalid("Missing column-name in the object-locator of a rule for columns");
        string[] always = ["rule-type", "rule-id", "rule-name", "object-locator", "rule-action", "rule-target", "value", "old-value"];
        return action == "add-column" ? [.. always, "expression", "data-type"] : always;
    }

    private static void CheckLocator(JsonNode locator)
    {
        if (locator["schema-name"] is null)
            throw Invalid("Missing schema-name in object-locator");
        var unknown = ((JsonObject)locator).Select(member => member.Key).Except(["schema-name", "table-name", "column-name"]).FirstOrDefault();
        if (unknown is not null)
            throw ServiceException.Unsupported($"The member {unknown} of object locators in table mappings");
    }

    /// <summary>Filters are refused in a list that is not empty: the console writes empty ones.</summary>
    public static void CheckFilters(JsonArray rules)
    {
        if (rules.Any(rule => rule!["filters"] is JsonArray { Count: > 0 }))
            throw ServiceException.Unsupported("Filters in table mappings");
    }

    private static string? Text(JsonNode rule, string name) => rule[name]?.ToString();

    public static ServiceException Invalid(string why) => DmsErrors.Value($"Invalid table mappings document: {why}.");
}
