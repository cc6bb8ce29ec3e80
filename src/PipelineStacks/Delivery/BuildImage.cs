using Amazon.CDK.AWS.CodeBuild;
using Amazon.CDK.Pipelines;

namespace PipelineStacks.Delivery;

/// <summary>Where every step of the pipeline runs: CodeBuild's image with .NET 10 and Node 22, which it has only where a build asks for them.</summary>
internal static class BuildImage
{
    public const string Name = "aws/codebuild/standard:8.0";

    /// <summary>An archive of a repository may have lost which of its files can be executed.</summary>
    public static readonly string[] Executable = ["chmod +x scripts/*"];

    public static CodeBuildOptions Defaults => new()
    {
        BuildEnvironment = new BuildEnvironment { BuildImage = LinuxBuildImage.FromCodeBuildImageId(Name), ComputeType = ComputeType.SMALL },
        PartialBuildSpec = BuildSpec.FromObject(new Dictionary<string, object>
        {
            ["version"] = "0.2",
            ["phases"] = new Dictionary<string, object>
            {
                ["install"] = new Dictionary<string, object>
                {
                    ["runtime-versions"] = new Dictionary<string, object> { ["dotnet"] = "10.0", ["nodejs"] = "22" },
                },
            },
        }),
    };

    /// <summary>The part of a build's description that makes CodeBuild show test results.</summary>
    public static BuildSpec Report(string group, string folder, string files, string format) => BuildSpec.FromObject(new Dictionary<string, object>
    {
        ["version"] = "0.2",
        ["reports"] = new Dictionary<string, object>
        {
            [group] = new Dictionary<string, object> { ["base-directory"] = folder, ["files"] = new[] { files }, ["file-format"] = format },
        },
    });
}
