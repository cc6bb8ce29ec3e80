using System.Diagnostics;
using System.Text.Json;

namespace PipelineStacks.Tests.Findings;

/// <summary>What the checking tools found in a template.</summary>
internal sealed record Finding(string Template, string Tool, string Rule, string Severity, string Resource, string Message)
{
    public override string ToString() => $"{Path.GetFileName(Template)}: {Resource}: {Severity} {Rule} ({Tool}): {Message}";
}

/// <summary>Runs the checking tools, which are Node packages.</summary>
internal static class TemplateFindings
{
    public static async Task<IReadOnlyList<Finding>> OfAsync(IEnumerable<string> templates)
    {
        foreach (var package in new[] { "@aws/cloudformation-validate", "cdk-nag", "aws-cdk-lib" })
        {
            Directory.Exists(RepositoryRoot.PathOf("node_modules", package))
                .ShouldBeTrue($"The Node package {package} is missing. Run npm ci in the folder of the project.");
        }

        var start = new ProcessStartInfo("node", [RepositoryRoot.PathOf("test", "PipelineStacks.Tests", "Node", "check-templates.mjs"), .. templates])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("Node didn't start.");
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, await errors);
        return JsonSerializer.Deserialize<Finding[]>(output, JsonSerializerOptions.Web)!;
    }
}
