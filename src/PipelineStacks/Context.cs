using System.Text.Json;
using Amazon.CDK;
using PipelineStacks.Model.Settings;

namespace PipelineStacks;

/// <summary>The CDK's context as the settings of this project: cdk.json's, with what <c>-c key=value</c> puts over it.</summary>
public static class Context
{
    /// <summary>The environments to build: all of them, or the one that <c>-c env=…</c> names.</summary>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public static IReadOnlyList<EnvironmentSettings> Read(App app)
    {
        var settings = ProjectSettings.Read(Value(app, "environments"), Value(app, "allowDestroy"));
        return app.Node.TryGetContext("env") is { } name ? [settings.Environment($"{name}")] : settings.Environments;
    }

    private static JsonElement? Value(App app, string key) =>
        app.Node.TryGetContext(key) is { } value ? JsonSerializer.SerializeToElement(value) : null;
}
