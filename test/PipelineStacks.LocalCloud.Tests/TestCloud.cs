using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Tests;

/// <summary>A cloud in virtual time with an HTTP client that speaks the AWS protocols to it, and its services from inside.</summary>
public sealed class TestCloud : IAsyncLifetime
{
    public const string Account = "000000000000";
    public const string Region = "eu-west-1";

    private static readonly HttpClient Http = new();

    internal LocalCloudHost Host { get; private set; } = null!;

    /// <summary>A directory that outlives <see cref="RestartAsync"/>; null for an ephemeral cloud.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>A server for DB instances that is there already.</summary>
    internal Services.Rds.MariaDb.ExistingMySql? ExistingMySql { get; init; }

    internal DateTimeOffset Now => Get<CloudClock>().GetUtcNow();

    internal Call Call => Get<Callers>().ForClient("test", Region);

    internal T Get<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync() => await Host.DisposeAsync();

    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await StartAsync();
    }

    internal Task AdvanceAsync(TimeSpan by) => ((VirtualClock)Get<CloudClock>()).AdvanceAsync(by);

    /// <summary>An operation of a JSON service, such as <c>TrentService.CreateKey</c>, which must succeed.</summary>
    public async Task<JsonNode> JsonAsync(string target, string request)
    {
        var (status, body) = await SendJsonAsync(target, request);
        status.ShouldBe(HttpStatusCode.OK, body);
        return body.Length == 0 ? new JsonObject() : JsonNode.Parse(body)!;
    }

    /// <summary>The code and message of an operation that must fail.</summary>
    public async Task<string> JsonErrorAsync(string target, string request)
    {
        var (status, body) = await SendJsonAsync(target, request);
        status.ShouldNotBe(HttpStatusCode.OK, body);
        var error = JsonNode.Parse(body)!;
        return $"{error["__type"]}: {error["message"]}";
    }

    /// <summary>An operation of a Query service, which must succeed; the answer without its namespace.</summary>
    public async Task<XElement> QueryAsync(string service, string action, params (string Name, string Value)[] fields)
    {
        var (status, body) = await SendQueryAsync(service, action, fields);
        status.ShouldBe(HttpStatusCode.OK, body);
        return Plain(XElement.Parse(body));
    }

    public async Task<string> QueryErrorAsync(string service, string action, params (string Name, string Value)[] fields)
    {
        var (status, body) = await SendQueryAsync(service, action, fields);
        status.ShouldNotBe(HttpStatusCode.OK, body);
        var error = Plain(XElement.Parse(body)).Descendants("Error").First();
        return $"{error.Element("Code")!.Value}: {error.Element("Message")!.Value}";
    }

    public static async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? service)
    {
        if (service is not null)
            request.Headers.TryAddWithoutValidation("Authorization",
                $"AWS4-HMAC-SHA256 Credential=test/20261120/{Region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        return await Http.SendAsync(request);
    }

    internal IResourceProvisioner Provisioner(string type) => Get<IEnumerable<IResourceProvisioner>>().Single(one => one.ResourceType == type);

    internal ProvisionContext Context(string type) => new(Call, $"arn:aws:cloudformation:{Region}:{Account}:stack/test/1", "test", "Resource", type);

    internal ValueTask<Provisioned> ProvisionAsync(string type, string properties) =>
        Provisioner(type).CreateAsync(Context(type), JsonNode.Parse(properties)!.AsObject());

    private async Task StartAsync() =>
        Host = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = DataDirectory, ExistingMySql = ExistingMySql });

    private async Task<(HttpStatusCode Status, string Body)> SendJsonAsync(string target, string request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Host.Endpoint);
        message.Headers.Add("X-Amz-Target", target);
        message.Content = new StringContent(request, Encoding.UTF8, "application/x-amz-json-1.1");
        using var response = await SendAsync(message, "any");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<(HttpStatusCode Status, string Body)> SendQueryAsync(string service, string action, (string Name, string Value)[] fields)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Host.Endpoint);
        message.Content = new FormUrlEncodedContent([KeyValuePair.Create("Action", action), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        using var response = await SendAsync(message, service);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static XElement Plain(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(Plain) : element.Value);
}
