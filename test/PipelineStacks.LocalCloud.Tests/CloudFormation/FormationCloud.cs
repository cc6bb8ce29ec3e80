using System.Net.Http.Headers;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

/// <summary>A local cloud with a resource type for tests, asked over HTTP as clients ask CloudFormation.</summary>
internal sealed class FormationCloud : IAsyncDisposable
{
    private readonly LocalCloudHost _host;
    private readonly HttpClient _http = new();

    private FormationCloud(LocalCloudHost host, Things things) => (_host, Things) = (host, things);

    public Things Things { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<FormationCloud> StartAsync(string? dataDirectory = null, Things? things = null)
    {
        things ??= new Things();
        var options = new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = dataDirectory };
        return new(await LocalCloudHost.StartAsync(options, services => services.AddSingleton<IResourceProvisioner>(things)), things);
    }

    /// <summary>The operation's result, or an exception with its error code and message.</summary>
    public async Task<XElement> CallAsync(string action, params (string Name, string Value)[] members)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.Endpoint)
        {
            Content = new FormUrlEncodedContent(members.Append(("Action", action)).Append(("Version", "2010-05-15"))
                .Select(member => KeyValuePair.Create(member.Item1, member.Item2))),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256",
            "Credential=test/20261120/eu-west-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await _http.SendAsync(request);
        var body = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        return response.IsSuccessStatusCode
            ? body.Elements().First()
            : throw new FormationException(Text(body, "Code")!, Text(body, "Message")!);
    }

    public Task<XElement> CreateAsync(string name, string template, params (string Name, string Value)[] more) =>
        CallAsync("CreateStack", [("StackName", name), ("TemplateBody", template), .. more]);

    public Task<XElement> UpdateAsync(string name, string template, params (string Name, string Value)[] more) =>
        CallAsync("UpdateStack", [("StackName", name), ("TemplateBody", template), .. more]);

    public Task<XElement> DeleteAsync(string name) => CallAsync("DeleteStack", ("StackName", name));

    public async Task<XElement> StackAsync(string nameOrId) => Members(await CallAsync("DescribeStacks", ("StackName", nameOrId)), "Stacks").Single();

    /// <summary>The stack's status, with its reason if there is one: "ROLLBACK_COMPLETE because".</summary>
    public async Task<string> StatusAsync(string nameOrId)
    {
        var stack = await StackAsync(nameOrId);
        return $"{Text(stack, "StackStatus")} {Text(stack, "StackStatusReason")}".TrimEnd();
    }

    public async Task<Dictionary<string, string>> OutputsAsync(string name) =>
        Members(await StackAsync(name), "Outputs").ToDictionary(output => Text(output, "OutputKey")!, output => Text(output, "OutputValue")!);

    /// <summary>The latest operation's events, oldest first: "CREATE_COMPLETE Queue".</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string name)
    {
        var newestFirst = Members(await CallAsync("DescribeStackEvents", ("StackName", name)), "StackEvents");
        var latest = new List<string>();
        foreach (var one in newestFirst)
        {
            var (status, reason) = (Text(one, "ResourceStatus"), Text(one, "ResourceStatusReason"));
            latest.Add($"{status} {Text(one, "LogicalResourceId")}{(reason is null ? "" : $": {reason}")}");
            if (reason == "User Initiated" && status != "ROLLBACK_IN_PROGRESS" && status != "UPDATE_ROLLBACK_IN_PROGRESS")
                break;
        }

        latest.Reverse();
        return latest;
    }

    public static IEnumerable<XElement> Members(XElement parent, string list) =>
        parent.Elements().Where(element => element.Name.LocalName == list).Elements();

    public static string? Text(XElement parent, string name) => parent.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }
}

internal sealed class FormationException(string code, string message) : Exception(message)
{
    public string Code => code;
}
