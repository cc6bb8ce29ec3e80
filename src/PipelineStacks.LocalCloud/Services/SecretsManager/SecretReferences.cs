using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

/// <summary><c>{{resolve:secretsmanager:secret-id:SecretString:json-key:version-stage:version-id}}</c>, all but the id optional.</summary>
internal sealed partial class SecretReferences(SecretValues values) : IDynamicReferenceSource
{
    public string Service => "secretsmanager";

    public string Resolve(Call call, string reference)
    {
        var match = Reference().Match(reference);
        if (!match.Success)
            throw new ServiceException("ValidationError", $"Could not parse SecretsManager dynamic reference {reference}");
        var value = values.Get(call, new()
        {
            SecretId = match.Groups["id"].Value,
            VersionStage = Given(match.Groups["stage"]),
            VersionId = Given(match.Groups["version"]),
        }).SecretString ?? throw new ServiceException("ValidationError", $"The secret {match.Groups["id"].Value} holds no text.");
        return Given(match.Groups["key"]) is { } key ? Member(value, key, match.Groups["id"].Value) : value;
    }

    private static string Member(string value, string key, string id)
    {
        try
        {
            if (JsonNode.Parse(value) is JsonObject members && members[key] is { } member)
                return member.ToString();
        }
        catch (JsonException)
        {
            throw new ServiceException("ValidationError", $"Could not parse SecretString JSON of {id}");
        }

        throw new ServiceException("ValidationError", $"Could not find a value associated with JSONKey in SecretString: {key} of {id}");
    }

    private static string? Given(Group group) => group.Length == 0 ? null : group.Value;

    [GeneratedRegex(@"^(?<id>arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:[^:]+|[^:]+)(:SecretString(:(?<key>[^:]*)(:(?<stage>[^:]*)(:(?<version>[^:]*))?)?)?)?$")]
    private static partial Regex Reference();
}
