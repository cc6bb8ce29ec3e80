using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Cdk;

/// <summary>kill -9 in the middle of a deployment.</summary>
public sealed class KilledDeploymentTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    private const int Resources = 400;

    [Fact]
    public async Task Creation_KilledHalfWay_IsRolledBackAtTheNextStart()
    {
        // Each depends on the one before, so that half-way is a definite place.
        var template = new JsonObject
        {
            ["Resources"] = new JsonObject(Enumerable.Range(0, Resources).Select(i => KeyValuePair.Create($"P{i}", (JsonNode?)new JsonObject
            {
                ["Type"] = "AWS::SSM::Parameter",
                ["Properties"] = new JsonObject { ["Type"] = "String", ["Value"] = i == 0 ? "x" : new JsonObject { ["Ref"] = $"P{i - 1}" } },
            }))),
        };
        using var http = new HttpClient { BaseAddress = cloud.Endpoint };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256",
            $"Credential=test/20261120/{LocalCloudProcess.Region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "CreateStack", ["StackName"] = "killed", ["TemplateBody"] = template.ToJsonString(),
        });
        var request = http.PostAsync(cloud.Endpoint, form);
        await Wait.UntilAsync(() => Parameters() >= 20);
        await cloud.KillAsync();
        await Should.ThrowAsync<HttpRequestException>(request);
        Parameters().ShouldBeLessThan(Resources);

        await cloud.StartAsync();
        await Wait.UntilAsync(async () => await StatusAsync() == "ROLLBACK_COMPLETE");
        (await cloud.AwsAsync("cloudformation", "describe-stack-events", "--stack-name", "killed", "--query",
            "StackEvents[?ResourceStatus=='ROLLBACK_IN_PROGRESS'].ResourceStatusReason", "--output", "text")).Succeeded()
            .ShouldStartWith("The local cloud was stopped while the operation was in progress.");
        // The one that was being made at that moment may have been made.
        Parameters().ShouldBeLessThanOrEqualTo(1);
    }

    private int Parameters()
    {
        var folder = Path.Combine(cloud.DataDirectory, "state", "ssm", "parameters");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Length : 0;
    }

    private async Task<string> StatusAsync() => (await cloud.AwsAsync(
        "cloudformation", "describe-stacks", "--stack-name", "killed", "--query", "Stacks[0].StackStatus", "--output", "text")).Succeeded().Trim();
}
