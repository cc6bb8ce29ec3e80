using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.S3.Configuration;

namespace PipelineStacks.LocalCloud.Services.S3.Provisioning;

internal sealed class BucketProvisioner(Buckets buckets) : Provisioner<BucketProperties>("AWS::S3::Bucket")
{
    protected override void Check(ProvisionContext context, BucketProperties properties) => Configurations(properties);

    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, BucketProperties properties)
    {
        var name = properties.BucketName ?? context.NewName(63, lowerCase: true);
        context.Call.Authorize("s3:CreateBucket", Buckets.ArnOf(name));
        var configurations = Configurations(properties);
        if (buckets.Find(name) is not null)
            throw new S3Exception("AlreadyExists", $"{name} already exists", 409);
        var bucket = buckets.Create(name, context.Call.Account, context.Call.Region);
        foreach (var (subresource, configuration) in configurations)
            if (configuration is not null)
                buckets.Configure(bucket, subresource, configuration);
        return ValueTask.FromResult(Describe(bucket));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, BucketProperties before,
        BucketProperties after)
    {
        context.Call.Authorize("s3:PutBucketConfiguration", Buckets.ArnOf(physicalId));
        var bucket = buckets.Get(physicalId);
        var old = Configurations(before).ToDictionary(pair => pair.Subresource, pair => pair.Configuration, StringComparer.Ordinal);
        foreach (var (subresource, configuration) in Configurations(after))
        {
            if (configuration == old[subresource])
                continue;
            // Versioning can't be taken away again: a template that drops it suspends it.
            var unset = subresource == "versioning"
                ? "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>"
                : null;
            buckets.Configure(bucket, subresource, configuration ?? unset);
        }

        return ValueTask.FromResult(Describe(bucket));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, BucketProperties properties)
    {
        context.Call.Authorize("s3:DeleteBucket", Buckets.ArnOf(physicalId));
        if (buckets.Find(physicalId) is { } bucket)
            buckets.Delete(bucket);
        return ValueTask.CompletedTask;
    }

    private static List<(string Subresource, string? Configuration)> Configurations(BucketProperties properties) =>
        [.. ConfigurationXml.Of(properties).Select(pair =>
            (pair.Subresource, pair.Configuration is null ? null : ConfigurationKinds.Of(pair.Subresource).Checked(pair.Configuration)))];

    private static Provisioned Describe(Bucket bucket)
    {
        var (name, region) = (bucket.Name, bucket.Record.Region);
        return new(name,
            ("Arn", bucket.Arn),
            ("DomainName", $"{name}.s3.amazonaws.com"),
            ("RegionalDomainName", $"{name}.s3.{region}.amazonaws.com"),
            ("DualStackDomainName", $"{name}.s3.dualstack.{region}.amazonaws.com"),
            ("WebsiteURL", $"http://{name}.s3-website-{region}.amazonaws.com"));
    }
}
