using Amazon.CDK;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Storage;

internal static class Removal
{
    /// <summary>For everything that holds data and for the keys that make it readable.</summary>
    public static RemovalPolicy DataRemovalPolicy(this EnvironmentSettings settings) => settings.DestroysData ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
