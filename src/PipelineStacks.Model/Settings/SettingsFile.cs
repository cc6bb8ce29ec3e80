using System.Text.Json;

namespace PipelineStacks.Model.Settings;

/// <summary>Reads the settings from a cdk.json, for those whom the CDK doesn't hand the context.</summary>
public static class SettingsFile
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The settings in the file at <paramref name="path"/>.</summary>
    /// <exception cref="SettingsException">It is missing, isn't JSON, or holds settings that can't be used.</exception>
    public static ProjectSettings Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsException($"{path} doesn't exist. Run this in the folder of the project, where cdk.json is.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path} can't be read: {e.Message}");
        }
        return Parse(text, path);
    }

    /// <summary>The settings in the text of a cdk.json.</summary>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="SettingsException">It isn't JSON, or holds settings that can't be used.</exception>
    public static ProjectSettings Parse(string json, string name = "cdk.json")
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var context = Member(document.RootElement, "context");
            return ProjectSettings.Read(Member(context, "environments"), Member(context, "allowDestroy"), Member(context, "delivery"));
        }
        catch (JsonException e)
        {
            throw new SettingsException($"{name} isn't valid JSON: {e.Message}");
        }
    }

    private static JsonElement? Member(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var member) ? member : null;
}
