using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// AWS Query: <see href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html"/>. Form fields become the JSON that the
/// operation reads, and its JSON answer becomes XML, so an operation is written once for every protocol.
/// </summary>
internal sealed class QueryProtocol(IEnumerable<IQueryService> services)
{
    // The framework's limit of 1,024 fields is that of 100 metrics with a few dimensions each.
    private static readonly FormOptions Form = new() { ValueCountLimit = 1_000_000, ValueLengthLimit = int.MaxValue, KeyLengthLimit = 4096 };

    private readonly Dictionary<string, IQueryService> _services = services.ToDictionary(service => service.SigningName, StringComparer.Ordinal);

    /// <summary>Whether the request looks like one of this protocol: a form, or an action in the query.</summary>
    public static bool Speaks(HttpRequest request) =>
        request is { Method: "POST", HasFormContentType: true } || (HttpMethods.IsGet(request.Method) && request.Query.ContainsKey("Action"));

    public async Task HandleAsync(Call call, string signingName, HttpContext http)
    {
        IQueryService? service = null;
        try
        {
            if (!_services.TryGetValue(signingName, out service))
                throw ServiceException.Unsupported($"The service {signingName}");
            var fields = await FieldsAsync(http.Request);
            var action = fields.GetValueOrDefault("Action") ?? throw new ServiceException("MissingAction", "The request must contain the parameter Action.");
            var operation = service.Operations.Find(action);
            var answer = new ArrayBufferWriter<byte>(1024);
            await operation.InvokeAsync(call, QueryForm.ToJson(fields), answer);
            if (!call.Authorized)
                throw new InvalidOperationException($"{action} answered without passing the authoriser.");
            await WriteAsync(http.Response, 200, xml => QueryXml.WriteAnswer(
                xml, action, service, call.RequestId, answer.WrittenCount == 0 ? null : JsonNode.Parse(answer.WrittenSpan)));
        }
        catch (ServiceException error)
        {
            await WriteErrorAsync(http.Response, service, call, error);
        }
    }

    public static Task WriteErrorAsync(HttpResponse response, IQueryService? service, Call call, ServiceException error) =>
        WriteAsync(response, error.Status, xml => QueryXml.WriteError(xml, service, call.RequestId, error));

    private static async Task<Dictionary<string, string>> FieldsAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return request.Query.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        try
        {
            return (await request.ReadFormAsync(Form)).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        }
        catch (InvalidDataException error)
        {
            throw new ServiceException("MalformedQueryString", $"The request's form is malformed: {error.Message}");
        }
    }

    private static async Task WriteAsync(HttpResponse response, int status, Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
            write(xml);
        response.StatusCode = status;
        response.ContentType = "text/xml";
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }
}
