using System.Collections.Immutable;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iam;
using PipelineStacks.LocalCloud.Services.SecretsManager.Contracts;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary>What is known of secrets besides their values: descriptions, tags, policies.</summary>
internal sealed class SecretDescriptions(SecretFinder finder)
{
    public DescribeSecretResponse Describe(Call call, SecretRequest request)
    {
        var secret = finder.Find(call, "DescribeSecret", request.SecretId, evenDeleted: true);
        return new()
        {
            ARN = secret.Arn,
            Name = secret.Name,
            Description = secret.Description,
            KmsKeyId = secret.KmsKeyId,
            RotationEnabled = secret.Rotation is not null,
            RotationRules = secret.Rotation is { } rotation ? new() { AutomaticallyAfterDays = rotation.Days } : null,
            LastRotatedDate = secret.Rotation?.Last,
            NextRotationDate = secret.Rotation?.Next,
            OwningService = secret.OwningService,
            LastChangedDate = secret.Changed,
            LastAccessedDate = secret.Accessed,
            DeletedDate = secret.Deleted,
            Tags = secret.Tags.Count == 0 ? null : secret.Tags,
            VersionIdsToStages = Stages(secret),
            CreatedDate = secret.Created,
        };
    }

    public ListSecretsResponse List(Call call, ListSecretsRequest request)
    {
        call.Authorize("secretsmanager:ListSecrets", "*");
        var filters = request.Filters ?? [];
        foreach (var filter in filters.Where(filter => filter.Key is not ("name" or "description" or "tag-key" or "tag-value" or "all")))
            throw ServiceException.Unsupported($"The ListSecrets filter {filter.Key}");
        var secrets = finder.Secrets.In(call.Account, call.Region)
            .Where(secret => (secret.DeletionDate is null || request.IncludePlannedDeletion == true) && filters.All(filter => Matches(secret, filter)))
            .OrderBy(secret => secret.Created);
        var page = Page<SecretState>.Of(request.SortOrder == "asc" ? secrets : secrets.Reverse(), request.NextToken, request.MaxResults ?? 100, "InvalidNextTokenException");
        return new([.. page.Items.Select(Entry)], page.Next);
    }

    public Empty Tag(Call call, TagResourceRequest request)
    {
        var secret = finder.Find(call, "TagResource", request.SecretId);
        finder.Change(secret, one => one with
        {
            Tags = [.. one.Tags.Where(tag => request.Tags.All(change => change.Key != tag.Key)), .. request.Tags],
        });
        return Empty.Value;
    }

    public Empty Untag(Call call, UntagResourceRequest request)
    {
        var secret = finder.Find(call, "UntagResource", request.SecretId);
        finder.Change(secret, one => one with { Tags = [.. one.Tags.Where(tag => !request.TagKeys.Contains(tag.Key))] });
        return Empty.Value;
    }

    public SecretResponse PutPolicy(Call call, PutResourcePolicyRequest request)
    {
        var secret = finder.Find(call, "PutResourcePolicy", request.SecretId);
        var policy = PolicyDocument.Check(request.ResourcePolicy, PolicyKind.Resource, "MalformedPolicyDocumentException");
        finder.Change(secret, one => one with { Policy = policy });
        return new(secret.Arn, secret.Name);
    }

    public GetResourcePolicyResponse GetPolicy(Call call, SecretRequest request)
    {
        var secret = finder.Find(call, "GetResourcePolicy", request.SecretId, evenDeleted: true);
        return new(secret.Arn, secret.Name, secret.Policy);
    }

    public SecretResponse DeletePolicy(Call call, SecretRequest request)
    {
        var secret = finder.Find(call, "DeleteResourcePolicy", request.SecretId);
        finder.Change(secret, one => one with { Policy = null });
        return new(secret.Arn, secret.Name);
    }

    private static SecretListEntry Entry(SecretState secret) => new()
    {
        ARN = secret.Arn,
        Name = secret.Name,
        Description = secret.Description,
        KmsKeyId = secret.KmsKeyId,
        RotationEnabled = secret.Rotation is null ? null : true,
        OwningService = secret.OwningService,
        LastChangedDate = secret.Changed,
        LastAccessedDate = secret.Accessed,
        DeletedDate = secret.Deleted,
        Tags = secret.Tags,
        SecretVersionsToStages = Stages(secret),
        CreatedDate = secret.Created,
    };

    private static Dictionary<string, IReadOnlyList<string>> Stages(SecretState secret) =>
        secret.Versions.Where(version => version.Stages.Count > 0).ToDictionary(version => version.Id, version => (IReadOnlyList<string>)[.. version.Stages]);

    // A filter's values begin words of what they are compared with; one of them has to, and "!" before it negates.
    private static bool Matches(SecretState secret, SecretFilter filter)
    {
        string[] texts = filter.Key switch
        {
            "name" => [secret.Name],
            "description" => [secret.Description ?? ""],
            "tag-key" => [.. secret.Tags.Select(tag => tag.Key)],
            "tag-value" => [.. secret.Tags.Select(tag => tag.Value)],
            _ => [secret.Name, secret.Description ?? "", .. secret.Tags.SelectMany(tag => new[] { tag.Key, tag.Value })],
        };
        var comparison = filter.Key is "description" or "all" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return filter.Values.Any(value => value.StartsWith('!')
            ? !texts.Any(text => text.StartsWith(value[1..], comparison))
            : texts.Any(text => text.StartsWith(value, comparison)));
    }
}
