using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Lambda;

/// <summary>Lambda over HTTP, in a cloud with a role that functions can have.</summary>
internal static class LambdaCloud
{
    public const string Role = $"arn:aws:iam::{TestCloud.Account}:role/function";
    private const string Functions = "/2015-03-31/functions";

    private const string Trust = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """;

    /// <summary>What a client gets of an invocation.</summary>
    public sealed record Invoked(HttpStatusCode Status, string Body, string? Error, string Log)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;
    }

    public static async Task AddRoleAsync(this TestCloud cloud)
    {
        if (await cloud.QueryAsync("iam", "ListRoles") is var roles && roles.ToString().Contains(Role, StringComparison.Ordinal))
            return;
        await cloud.QueryAsync("iam", "CreateRole", ("RoleName", "function"), ("AssumeRolePolicyDocument", Trust));
    }

    public static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                var entry = archive.CreateEntry(name);
                // rwxr-xr-x, as zip writes it.
                entry.ExternalAttributes = Convert.ToInt32("755", 8) << 16;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(content);
            }

        return zip.ToArray();
    }

    /// <summary>A function of the given source, of a new name.</summary>
    public static Task<string> NodeAsync(this TestCloud cloud, string source, string file = "index.js", string more = "") =>
        cloud.CreateAsync(Zip((file, source)), "nodejs20.x", "index.handler", more);

    public static async Task<string> CreateAsync(this TestCloud cloud, byte[] zip, string runtime, string handler, string more = "")
    {
        await cloud.AddRoleAsync();
        var name = $"function-{Guid.NewGuid():N}"[..20];
        var (status, body) = await cloud.LambdaAsync(HttpMethod.Post, Functions, $$"""
            {"FunctionName":"{{name}}","Runtime":"{{runtime}}","Handler":"{{handler}}","Role":"{{Role}}","Code":{"ZipFile":"{{Convert.ToBase64String(zip)}}"}{{more}}}
            """);
        status.ShouldBe(HttpStatusCode.Created, body);
        return name;
    }

    public static async Task<(HttpStatusCode Status, string Body)> LambdaAsync(this TestCloud cloud, HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(cloud.Host.Endpoint, path));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await TestCloud.SendAsync(request, "lambda");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static async Task<Invoked> InvokeAsync(this TestCloud cloud, string name, string payload = "{}", string type = "RequestResponse")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cloud.Host.Endpoint, $"{Functions}/{name}/invocations"));
        request.Content = new StringContent(payload);
        request.Headers.Add("X-Amz-Invocation-Type", type);
        request.Headers.Add("X-Amz-Log-Type", "Tail");
        using var response = await TestCloud.SendAsync(request, "lambda");
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), Header("X-Amz-Function-Error"),
            Encoding.UTF8.GetString(Convert.FromBase64String(Header("X-Amz-Log-Result") ?? "")));

        string? Header(string header) => response.Headers.TryGetValues(header, out var values) ? values.Single() : null;
    }

    /// <summary>The lines of a function's log group, over all its streams.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(this TestCloud cloud, string group)
    {
        var answer = await cloud.JsonAsync("Logs_20140328.FilterLogEvents", $$"""{"logGroupName":"{{group}}"}""");
        return [.. answer["events"]!.AsArray().Select(line => line!["message"]!.GetValue<string>())];
    }
}
