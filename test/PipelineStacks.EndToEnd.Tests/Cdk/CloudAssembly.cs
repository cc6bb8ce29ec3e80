using System.Text.Json;
using System.Text.Json.Nodes;

namespace PipelineStacks.EndToEnd.Tests.Cdk;

/// <summary>A cloud assembly as an app synthesises it, with templates that a test changes between deployments.</summary>
internal sealed class CloudAssembly : IDisposable
{
    private readonly JsonObject _artifacts = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("assembly-").FullName;

    /// <summary>Writes a stack into the assembly, or another template for it.</summary>
    public CloudAssembly With(string stack, string template, bool terminationProtection = false, params string[] dependsOn)
    {
        File.WriteAllText(Path.Combine(Folder, $"{stack}.template.json"), template);
        _artifacts[stack] = new JsonObject
        {
            ["type"] = "aws:cloudformation:stack",
            ["environment"] = "aws://unknown-account/unknown-region",
            ["dependencies"] = new JsonArray([.. dependsOn.Select(name => JsonValue.Create(name))]),
            ["properties"] = new JsonObject
            {
                ["templateFile"] = $"{stack}.template.json",
                ["stackName"] = stack,
                ["assumeRoleArn"] = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-deploy-role-${AWS::AccountId}-${AWS::Region}",
                ["cloudFormationExecutionRoleArn"] = "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-hnb659fds-cfn-exec-role-${AWS::AccountId}-${AWS::Region}",
                ["requiresBootstrapStackVersion"] = 6,
                ["bootstrapStackVersionSsmParameter"] = "/cdk-bootstrap/hnb659fds/version",
                ["terminationProtection"] = terminationProtection,
                ["tags"] = new JsonObject { ["team"] = "data" },
            },
        };
        File.WriteAllText(Path.Combine(Folder, "manifest.json"), new JsonObject { ["version"] = "38.0.0", ["artifacts"] = _artifacts.DeepClone() }
            .ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
