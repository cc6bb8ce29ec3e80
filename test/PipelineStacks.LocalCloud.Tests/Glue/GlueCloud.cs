using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Glue;

/// <summary>A cloud with an HTTP client that speaks AWS JSON to it.</summary>
public sealed class GlueCloud : IAsyncLifetime
{
    private static readonly HttpClient Http = new();
    private LocalCloudHost _cloud = null!;

    internal LocalCloudHost Host => _cloud;

    public async Task InitializeAsync() =>
        _cloud = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = null });

    public async Task DisposeAsync() => await _cloud.DisposeAsync();

    /// <summary>Calls an operation with a JSON request; an error comes back as its code and message.</summary>
    public async Task<JsonNode> CallAsync(string operation, string request)
    {
        var (_, answer) = await SendAsync(operation, request);
        return answer;
    }

    public async Task<string> ErrorAsync(string operation, string request)
    {
        var (status, answer) = await SendAsync(operation, request);
        status.ShouldNotBe(HttpStatusCode.OK);
        return $"{answer["__type"]}: {answer["message"]}";
    }

    private async Task<(HttpStatusCode, JsonNode)> SendAsync(string operation, string request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _cloud.Endpoint);
        message.Headers.Add("X-Amz-Target", operation);
        message.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=test/20261120/eu-west-1/glue/aws4_request, SignedHeaders=host, Signature=0");
        message.Content = new StringContent(request, Encoding.UTF8, "application/x-amz-json-1.1");
        using var response = await Http.SendAsync(message);
        var body = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!);
    }
}
