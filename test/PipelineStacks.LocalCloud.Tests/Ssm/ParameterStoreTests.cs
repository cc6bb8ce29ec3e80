using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Ssm;

public sealed class ParameterStoreTests
{
    [Theory]
    [InlineData("/cdk-bootstrap/hnb659fds/version", "30")]
    [InlineData("arn:aws:ssm:eu-west-1:000000000000:parameter/cdk-bootstrap/hnb659fds/version", "30")]
    public async Task GetParameter_BootstrapVersion_IsThereByItself(string name, string value)
    {
        await using var cloud = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = null });
        (await CallAsync(cloud, "GetParameter", $$"""{ "Name": "{{name}}" }"""))["Parameter"]!["Value"]!.GetValue<string>().ShouldBe(value);
    }

    [Fact]
    public async Task Parameters_PutReadOverwrittenAndDeleted_BehaveAsOnAws()
    {
        await using var cloud = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = null });
        (await CallAsync(cloud, "PutParameter", """{ "Name": "/a/b", "Value": "1", "Type": "String" }"""))["Version"]!.GetValue<int>().ShouldBe(1);
        (await CallAsync(cloud, "PutParameter", """{ "Name": "/a/b", "Value": "2", "Type": "String" }"""))["__type"]!.GetValue<string>().ShouldBe("ParameterAlreadyExists");
        (await CallAsync(cloud, "PutParameter", """{ "Name": "/a/b", "Value": "2", "Overwrite": true }"""))["Version"]!.GetValue<int>().ShouldBe(2);
        await CallAsync(cloud, "PutParameter", """{ "Name": "/a/b/c", "Value": "3", "Type": "StringList" }""");

        Names(await CallAsync(cloud, "GetParametersByPath", """{ "Path": "/a" }""")).ShouldBe(["/a/b"]);
        Names(await CallAsync(cloud, "GetParametersByPath", """{ "Path": "/a/", "Recursive": true }""")).ShouldBe(["/a/b", "/a/b/c"]);
        var several = await CallAsync(cloud, "GetParameters", """{ "Names": ["/a/b", "/none"] }""");
        Names(several).ShouldBe(["/a/b"]);
        several["InvalidParameters"]!.ToJsonString().ShouldBe("""["/none"]""");
        (await CallAsync(cloud, "GetParameter", """{ "Name": "/a/b:2" }"""))["Parameter"]!["Value"]!.GetValue<string>().ShouldBe("2");
        (await CallAsync(cloud, "GetParameter", """{ "Name": "/a/b:1" }"""))["__type"]!.GetValue<string>().ShouldBe("ParameterVersionNotFound");

        await CallAsync(cloud, "DeleteParameter", """{ "Name": "/a/b" }""");
        (await CallAsync(cloud, "GetParameter", """{ "Name": "/a/b" }"""))["__type"]!.GetValue<string>().ShouldBe("ParameterNotFound");
    }

    [Theory]
    [InlineData("""{ "Name": "a", "Value": "1", "Type": "SecureString" }""", "NotImplementedByLocalCloud")]
    [InlineData("""{ "Name": "a", "Value": "1", "Type": "Number" }""", "UnsupportedParameterType")]
    [InlineData("""{ "Name": "a", "Value": "", "Type": "String" }""", "ValidationException")]
    [InlineData("""{ "Name": "a", "Value": "x", "Type": "String", "AllowedPattern": "^[0-9]+$" }""", "ParameterPatternMismatchException")]
    [InlineData("""{ "Name": "a", "Value": "x", "Type": "String", "Policies": "[]" }""", "SerializationException")]
    public async Task PutParameter_WhatCantBeKept_IsRefused(string request, string code)
    {
        await using var cloud = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = null });
        (await CallAsync(cloud, "PutParameter", request))["__type"]!.GetValue<string>().ShouldBe(code);
    }

    private static IEnumerable<string> Names(JsonNode answer) => answer["Parameters"]!.AsArray().Select(parameter => parameter!["Name"]!.GetValue<string>());

    private static async Task<JsonNode> CallAsync(LocalCloudHost cloud, string operation, string request)
    {
        using var http = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint)
        {
            Content = new StringContent(request, Encoding.UTF8, "application/x-amz-json-1.1"),
        };
        message.Headers.Add("X-Amz-Target", $"AmazonSSM.{operation}");
        message.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256",
            "Credential=test/20261120/eu-west-1/ssm/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await http.SendAsync(message);
        var body = await response.Content.ReadAsStringAsync();
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }
}
