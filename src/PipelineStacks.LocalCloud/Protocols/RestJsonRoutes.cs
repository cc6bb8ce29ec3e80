using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// AWS REST-JSON: <see href="https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html"/>. What stands in the path and the
/// query becomes members of the request's JSON, so an operation is written once for every protocol.
/// </summary>
/// <param name="headers">The members that stand in headers, by the header's name.</param>
internal sealed class RestJsonRoutes(OperationTable operations, IReadOnlyDictionary<string, string>? headers = null)
{
    private readonly List<Route> _routes = [];

    /// <param name="template">The path with its labels: <c>/2015-03-31/functions/{FunctionName}</c>.</param>
    /// <param name="lists">The query's parameters that may be repeated.</param>
    public RestJsonRoutes Add(string method, string template, string operation, int status = 200, params string[] lists)
    {
        _routes.Add(new(method, template.Split('/', StringSplitOptions.RemoveEmptyEntries), operation, status, lists));
        return this;
    }

    public async Task HandleAsync(Call call, HttpContext http)
    {
        try
        {
            var request = http.Request;
            var segments = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
            var route = _routes.Find(route => route.Matches(request.Method, segments))
                ?? throw ServiceException.Unsupported($"{request.Method} {request.Path} of {operations.Service}");
            using var body = await RequestBody.ReadAsync(request);
            var answer = new ArrayBufferWriter<byte>(256);
            await operations.Find(route.Operation).InvokeAsync(call, Merge(route, segments, request, body.Memory), answer);
            if (!call.Authorized)
                throw new InvalidOperationException($"{route.Operation} answered without passing the authoriser.");
            http.Response.StatusCode = route.Status;
            if (answer.WrittenCount == 0)
                return;
            http.Response.ContentType = "application/json";
            await http.Response.Body.WriteAsync(answer.WrittenMemory);
        }
        catch (ServiceException error)
        {
            await JsonProtocol.WriteErrorAsync(http.Response, error);
        }
    }

    private ReadOnlyMemory<byte> Merge(Route route, string[] segments, HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var labels = route.Segments.Zip(segments).Where(pair => pair.First.StartsWith('{')).ToList();
        var headed = headers?.Where(header => request.Headers.ContainsKey(header.Key)).ToList() ?? [];
        if (labels.Count == 0 && request.Query.Count == 0 && headed.Count == 0)
            return body;
        var members = Read(body, route.Operation);
        foreach (var (label, value) in labels)
            members[label.Trim('{', '}')] = Uri.UnescapeDataString(value);
        foreach (var (header, member) in headed)
            members[member] = request.Headers[header].ToString();
        foreach (var (name, values) in request.Query)
            members[name] = route.Lists.Contains(name)
                ? new JsonArray([.. values.Select(value => JsonValue.Create(value))])
                : JsonValue.Create(values.ToString());
        return JsonSerializer.SerializeToUtf8Bytes(members);
    }

    private static JsonObject Read(ReadOnlyMemory<byte> body, string operation)
    {
        try
        {
            return (body.IsEmpty ? new JsonObject() : JsonNode.Parse(body.Span) as JsonObject)
                ?? throw new ServiceException("SerializationException", $"The request of {operation} is not a JSON object.");
        }
        catch (JsonException error)
        {
            throw new ServiceException("SerializationException", JsonErrors.Explain(operation, error));
        }
    }

    private sealed record Route(string Method, string[] Segments, string Operation, int Status, string[] Lists)
    {
        public bool Matches(string method, string[] segments) => Method == method && Segments.Length == segments.Length
            && Segments.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
