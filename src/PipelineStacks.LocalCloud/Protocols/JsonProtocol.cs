using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>AWS JSON 1.0 and 1.1: <see href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html"/>.</summary>
internal sealed class JsonProtocol(IEnumerable<IJsonService> services)
{
    private readonly Dictionary<string, IJsonService> _services = services.ToDictionary(service => service.TargetPrefix, StringComparer.Ordinal);

    public async Task HandleAsync(Call call, string target, HttpContext http)
    {
        var contentType = http.Request.ContentType ?? "application/x-amz-json-1.1";
        try
        {
            if (contentType.StartsWith("application/x-amz-cbor", StringComparison.Ordinal))
                throw ServiceException.Unsupported("CBOR (set AWS_CBOR_DISABLE=true to send JSON); it");
            var operation = Find(target);
            using var body = await RequestBody.ReadAsync(http.Request);
            var answer = new ArrayBufferWriter<byte>(256);
            await operation.InvokeAsync(call, body.Memory, answer);
            if (!call.Authorized)
                throw new InvalidOperationException($"{target} answered without passing the authoriser.");
            await WriteAsync(http.Response, contentType, 200, answer.WrittenMemory);
        }
        catch (ServiceException error)
        {
            http.Response.Headers["x-amzn-ErrorType"] = error.Code;
            await WriteAsync(http.Response, contentType, error.Status,
                JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["__type"] = error.Code, ["message"] = error.Message }));
        }
    }

    private IOperation Find(string target)
    {
        var dot = target.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !_services.TryGetValue(target[..dot], out var service))
            throw ServiceException.Unsupported($"The service of {target}");
        return service.Operations.Find(target[(dot + 1)..]);
    }

    private static Task WriteAsync(HttpResponse response, string contentType, int status, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}
