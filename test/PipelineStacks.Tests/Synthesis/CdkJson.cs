using System.Text.Json;
using Amazon.CDK;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Tests.Synthesis;

/// <summary>cdk.json as users have it: without its feature flags the tests would see other templates than users do.</summary>
internal static class CdkJson
{
    public static JsonElement Context { get; } =
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathOf("cdk.json"))).RootElement.GetProperty("context").Clone();

    public static ProjectSettings Settings { get; } = SettingsFile.Read(RepositoryRoot.PathOf("cdk.json"));

    /// <summary>The feature flags and whatever else is not the project's own.</summary>
    public static Dictionary<string, object> Flags { get; } =
        Context.EnumerateObject().Where(member => member.Name is not ("environments" or "delivery")).ToDictionary(member => member.Name, member => Plain(member.Value)!);

    /// <summary>An app with the flags, and with the environments that cdk.json has or others in their place.</summary>
    public static App App(string? environments = null, string? allowDestroy = null, string? delivery = null)
    {
        var context = new Dictionary<string, object>(Flags)
        {
            ["environments"] = Plain(environments is null ? Context.GetProperty("environments") : JsonDocument.Parse(environments).RootElement)!,
        };
        if (allowDestroy is not null)
            context["allowDestroy"] = allowDestroy;
        if (delivery is not null)
            context["delivery"] = Plain(JsonDocument.Parse(delivery).RootElement)!;
        return new App(new AppProps { AnalyticsReporting = false, Context = context, Outdir = TemporaryFolder.New() });
    }

    private static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().ToDictionary(member => member.Name, member => Plain(member.Value)!),
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Null => null,
        _ => json.GetString(),
    };
}
