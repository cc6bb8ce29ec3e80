namespace PipelineStacks.Cli.Run;

/// <summary>
/// The variables that point this program and its children at the local cloud, and at nothing else: whatever account the user
/// is signed in to, a run must not touch it.
/// </summary>
internal static class LocalVariables
{
    private const string Key = "local";

    private static readonly string[] Removed = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"];

    public static IReadOnlyDictionary<string, string?> For(string url, Func<string, string?> environment)
    {
        var region = environment("AWS_REGION") is { Length: > 0 } set ? set
            : environment("AWS_DEFAULT_REGION") is { Length: > 0 } standard ? standard
            : Aws.AwsSettings.DefaultLocalRegion;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = url,
            ["AWS_ACCESS_KEY_ID"] = Key,
            ["AWS_SECRET_ACCESS_KEY"] = Key,
            ["AWS_REGION"] = region,
            ["AWS_DEFAULT_REGION"] = region,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
            // A list of Node's major versions, and no switch.
            ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20",
        };
        foreach (var name in Removed)
            variables[name] = null;
        foreach (var name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_ENDPOINT_URL_", StringComparison.Ordinal)))
            variables[name] = null;
        return variables;
    }
}
