using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>Reads a template and checks what can be told from its structure alone.</summary>
internal static class TemplateReader
{
    public static Template Read(string body)
    {
        var root = TemplateText.Parse(body);
        var unknown = root.Select(section => section.Key).Where(key => key is not ("AWSTemplateFormatVersion" or "Description" or "Metadata"
            or "Parameters" or "Mappings" or "Conditions" or "Rules" or "Resources" or "Outputs" or "Transform" or "Hooks")).ToList();
        if (unknown.Count > 0)
            throw TemplateErrors.Validation($"Invalid template property or properties [{string.Join(", ", unknown)}]");
        foreach (var section in (string[])["Transform", "Hooks"])
            if (root.ContainsKey(section))
                throw TemplateErrors.Unsupported($"{section} {root[section]?.ToJsonString()}");

        var template = new Template
        {
            Body = body,
            Description = Text(root["Description"]),
            Metadata = root["Metadata"] as JsonObject,
            Parameters = Section(root, "Parameters", ReadParameter),
            Mappings = SectionObject(root, "Mappings"),
            Conditions = SectionObject(root, "Conditions"),
            Rules = SectionObject(root, "Rules"),
            Resources = Section(root, "Resources", ReadResource),
            Outputs = Section(root, "Outputs", ReadOutput),
        };
        if (template.Resources.Count == 0)
            throw TemplateErrors.Format("At least one Resources member must be defined.");
        TemplateReferences.Check(template);
        return template;
    }

    private static ParameterDefinition ReadParameter(string name, JsonObject definition)
    {
        Only(definition, $"/Parameters/{name}", "Type", "Default", "Description", "ConstraintDescription", "AllowedPattern", "AllowedValues",
            "MinLength", "MaxLength", "MinValue", "MaxValue", "NoEcho");
        return new()
        {
            Name = name,
            Type = Text(definition["Type"]) ?? throw TemplateErrors.Format("Every Parameters object must contain a Type member."),
            Default = Text(definition["Default"]),
            Description = Text(definition["Description"]),
            ConstraintDescription = Text(definition["ConstraintDescription"]),
            AllowedPattern = Text(definition["AllowedPattern"]),
            AllowedValues = definition["AllowedValues"] is JsonArray values ? [.. values.Select(value => Text(value)!)] : [],
            MinLength = (int?)Number(definition, name, "MinLength"),
            MaxLength = (int?)Number(definition, name, "MaxLength"),
            MinValue = Number(definition, name, "MinValue"),
            MaxValue = Number(definition, name, "MaxValue"),
            NoEcho = bool.TryParse(Text(definition["NoEcho"]), out var hidden) && hidden,
        };
    }

    private static ResourceDefinition ReadResource(string logicalId, JsonObject definition)
    {
        if (logicalId.Length == 0 || !logicalId.All(char.IsAsciiLetterOrDigit))
            throw TemplateErrors.Format($"Resource name {logicalId} is non alphanumeric.");
        foreach (var attribute in (string[])["CreationPolicy", "UpdatePolicy"])
            if (definition.ContainsKey(attribute))
                throw TemplateErrors.Unsupported($"{attribute} of {logicalId}");
        var unknown = definition.Select(member => member.Key).FirstOrDefault(key => key is not ("Type" or "Properties" or "Metadata"
            or "Condition" or "DependsOn" or "DeletionPolicy" or "UpdateReplacePolicy"));
        if (unknown is not null)
            throw TemplateErrors.Validation($"Invalid template resource property '{unknown}' of {logicalId}");
        return new()
        {
            LogicalId = logicalId,
            Type = Text(definition["Type"]) ?? throw TemplateErrors.Format($"[/Resources/{logicalId}] Every Resources object must contain a Type member."),
            Properties = Member<JsonObject>(definition, $"/Resources/{logicalId}", "Properties") ?? [],
            Metadata = Member<JsonObject>(definition, $"/Resources/{logicalId}", "Metadata"),
            Condition = Text(definition["Condition"]),
            DependsOn = definition["DependsOn"] is JsonArray several ? [.. several.Select(one => Text(one)!)]
                : Text(definition["DependsOn"]) is { } single ? [single] : [],
            DeletionPolicy = Policy(definition, logicalId, "DeletionPolicy"),
            UpdateReplacePolicy = Policy(definition, logicalId, "UpdateReplacePolicy"),
        };
    }

    private static RemovalPolicy? Policy(JsonObject definition, string logicalId, string attribute)
    {
        if (Text(definition[attribute]) is not { } value)
            return null;
        return Enum.TryParse<RemovalPolicy>(value, out var policy)
            && (attribute == "DeletionPolicy" || policy != RemovalPolicy.RetainExceptOnCreate)
                ? policy
                : throw TemplateErrors.Format($"Unrecognized {attribute} {value} for resource {logicalId}");
    }

    private static OutputDefinition ReadOutput(string key, JsonObject definition)
    {
        Only(definition, $"/Outputs/{key}", "Value", "Description", "Export", "Condition");
        if (!definition.TryGetPropertyValue("Value", out var value))
            throw TemplateErrors.Format($"Every Outputs member must contain a Value object: {key}");
        var export = Member<JsonObject>(definition, $"/Outputs/{key}", "Export");
        if (export is not null && !export.ContainsKey("Name"))
            throw TemplateErrors.Format($"[/Outputs/{key}/Export] needs a Name.");
        return new(key, value, Text(definition["Description"]), export?["Name"], Text(definition["Condition"]));
    }

    private static OrderedDictionary<string, T> Section<T>(JsonObject root, string name, Func<string, JsonObject, T> read)
    {
        var section = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in SectionObject(root, name))
            section.Add(key, read(key, value as JsonObject ?? throw TemplateErrors.Format($"[/{name}/{key}] Every {name} member must be an object.")));
        return section;
    }

    private static JsonObject SectionObject(JsonObject root, string name) => Member<JsonObject>(root, "", name) ?? [];

    private static T? Member<T>(JsonObject parent, string path, string name) where T : JsonNode => parent[name] switch
    {
        null => null,
        T member => member,
        _ => throw TemplateErrors.Format($"[{path}/{name}] must be an object."),
    };

    private static void Only(JsonObject definition, string path, params ReadOnlySpan<string> known)
    {
        foreach (var (key, _) in definition)
            if (!known.Contains(key))
                throw TemplateErrors.Format($"[{path}] Encountered unsupported property {key}");
    }

    private static decimal? Number(JsonObject definition, string parameter, string name) =>
        Text(definition[name]) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw TemplateErrors.Format($"{name} of parameter {parameter} must be a number.");

    /// <summary>A scalar as text: templates write numbers and booleans with or without quotes.</summary>
    internal static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value => value.ToJsonString(),
        _ => throw TemplateErrors.Format($"[{node.GetPath()}] must be a string."),
    };
}
