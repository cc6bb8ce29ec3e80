using System.Text.Json;
using Amazon.CDK;
using PipelineStacks.Model.Settings;

namespace PipelineStacks;

/// <summary>The CDK's context as the settings of this project: cdk.json's, with what <c>-c key=value</c> puts over it.</summary>
public static class Context
{
    /// <summary>What to build: everything, or the one environment that <c>-c env=…</c> names.</summary>
    /// <exception cref="SettingsException">The settings can't be used.</exception>
    public static ProjectSettings Read(App app)
    {
        var settings = ProjectSettings.Read(Value(app, "environments"), Value(app, "allowDestroy"), Value(app, "delivery"));
        return app.Node.TryGetContext("env") is { } name ? settings.Only($"{name}") : settings;
    }

    private static JsonElement? Value(App app, string key) =>
        app.Node.TryGetContext(key) is { } value ? JsonSerializer.SerializeToElement(value) : null;
}
