using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>A template's text as JSON, whichever of the two notations it is written in.</summary>
internal static class TemplateText
{
    // AWS's limit for a template from S3; the one for a body in the request is checked by the operations.
    public const int MaxLength = 1024 * 1024;

    public static JsonObject Parse(string text)
    {
        if (text.Length > MaxLength)
            throw TemplateErrors.Validation($"Template size exceeds the limit of {MaxLength} bytes.");
        var root = text.AsSpan().TrimStart() is ['{', ..] ? ParseJson(text) : YamlTemplate.Parse(text);
        return root as JsonObject ?? throw TemplateErrors.Format("unsupported structure.");
    }

    private static JsonNode? ParseJson(string text)
    {
        try
        {
            return JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            return FlowYaml(text) ?? throw TemplateErrors.Format(
                $"JSON not well-formed. (line {error.LineNumber + 1}, column {error.BytePositionInLine + 1})");
        }
    }

    // What begins with a brace may still be YAML in flow notation, which is JSON with fewer quotes.
    private static JsonNode? FlowYaml(string text)
    {
        try
        {
            return YamlTemplate.Parse(text);
        }
        catch (Calls.ServiceException error) when (error.Code == "ValidationError")
        {
            return null;
        }
    }
}
