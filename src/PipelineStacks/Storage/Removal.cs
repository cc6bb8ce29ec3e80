using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Storage;

internal static class Removal
{
    /// <summary>For everything that holds data and for the keys that make it readable.</summary>
    public static RemovalPolicy DataRemovalPolicy(this EnvironmentSettings settings) =>
        settings.DestroysData ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

    /// <summary>A bucket that outlives its stack would otherwise lose the policy that refuses requests without TLS.</summary>
    public static Bucket KeepingItsPolicy(this Bucket bucket, EnvironmentSettings settings)
    {
        bucket.Policy!.ApplyRemovalPolicy(settings.DataRemovalPolicy());
        return bucket;
    }
}
