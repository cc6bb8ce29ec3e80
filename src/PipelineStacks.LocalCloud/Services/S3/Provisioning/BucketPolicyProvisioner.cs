using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.S3.Configuration;

namespace PipelineStacks.LocalCloud.Services.S3.Provisioning;

/// <summary>The properties of <c>AWS::S3::BucketPolicy</c>.</summary>
internal sealed record BucketPolicyProperties
{
    [CreateOnly]
    public required string Bucket { get; init; }

    [NoLocalEffect("Stored and returned; policies are not enforced.")]
    public required JsonNode PolicyDocument { get; init; }
}

internal sealed class BucketPolicyProvisioner(Buckets buckets) : Provisioner<BucketPolicyProperties>("AWS::S3::BucketPolicy")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, BucketPolicyProperties properties)
    {
        var bucket = Authorized(context, "s3:PutBucketPolicy", properties.Bucket);
        if (bucket.Record.Configured(ConfigurationKinds.PolicySubresource) is not null)
            throw new S3Exception("AlreadyExists", "The bucket policy already exists on bucket " + bucket.Name + ".", 409);
        return ValueTask.FromResult(Put(bucket, properties));
    }

    protected override ValueTask<Provisioned> UpdateAsync(
        ProvisionContext context, string physicalId, BucketPolicyProperties before, BucketPolicyProperties after) =>
        ValueTask.FromResult(Put(Authorized(context, "s3:PutBucketPolicy", after.Bucket), after));

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, BucketPolicyProperties properties)
    {
        context.Call.Authorize("s3:DeleteBucketPolicy", Buckets.ArnOf(physicalId));
        if (buckets.Find(physicalId) is { } bucket)
            buckets.Configure(bucket, ConfigurationKinds.PolicySubresource, null);
        return ValueTask.CompletedTask;
    }

    private Provisioned Put(Bucket bucket, BucketPolicyProperties properties)
    {
        buckets.Configure(bucket, ConfigurationKinds.PolicySubresource, properties.PolicyDocument.ToJsonString());
        return new(bucket.Name);
    }

    private Bucket Authorized(ProvisionContext context, string action, string bucket)
    {
        context.Call.Authorize(action, Buckets.ArnOf(bucket));
        return buckets.Get(bucket);
    }
}
