using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// AWS Query: <see href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html"/>. Form fields become the JSON that the
/// operation reads, and its JSON answer becomes XML, so an operation is written once for every protocol.
/// </summary>
internal sealed class QueryProtocol(IEnumerable<IQueryService> services)
{
    private readonly Dictionary<string, IQueryService> _services = services.ToDictionary(service => service.SigningName, StringComparer.Ordinal);

    public async Task HandleAsync(Call call, string? signingName, HttpContext http)
    {
        var ns = "";
        try
        {
            if (signingName is null || !_services.TryGetValue(signingName, out var service))
                throw ServiceException.Unsupported($"The service {signingName ?? "of an unsigned request"}");
            ns = service.XmlNamespace;
            var form = await http.Request.ReadFormAsync();
            var action = form["Action"].ToString();
            var operation = service.Operations.Find(action);
            var answer = new ArrayBufferWriter<byte>(1024);
            await operation.InvokeAsync(call, QueryForm.ToJson(form), answer);
            if (!call.Authorized)
                throw new InvalidOperationException($"{action} answered without passing the authoriser.");
            await WriteAsync(http.Response, 200, xml => QueryXml.WriteAnswer(
                xml, action, ns, call.RequestId, answer.WrittenCount == 0 ? null : JsonNode.Parse(answer.WrittenSpan)));
        }
        catch (ServiceException error)
        {
            await WriteAsync(http.Response, error.Status, xml => QueryXml.WriteError(xml, ns, call.RequestId, error));
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
