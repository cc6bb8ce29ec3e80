using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>AWS JSON 1.0 and 1.1: <see href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html"/>.</summary>
internal sealed class JsonProtocol(IEnumerable<IJsonService> services)
{
    private const string DefaultContentType = "application/x-amz-json-1.1";

    private readonly Dictionary<string, IJsonService>.AlternateLookup<ReadOnlySpan<char>> _services =
        services.ToDictionary(service => service.TargetPrefix, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public async Task HandleAsync(Call call, string target, HttpContext http)
    {
        try
        {
            if (http.Request.ContentType?.StartsWith("application/x-amz-cbor", StringComparison.Ordinal) == true)
                throw ServiceException.Unsupported("CBOR (set AWS_CBOR_DISABLE=true to send JSON); it");
            var operation = Find(target);
            using var body = await RequestBody.ReadAsync(http.Request);
            var answer = new ArrayBufferWriter<byte>(256);
            await operation.InvokeAsync(call, body.Memory, answer);
            if (!call.Authorized)
                throw new InvalidOperationException($"{target} answered without passing the authoriser.");
            await WriteAsync(http.Response, 200, answer.WrittenMemory);
        }
        catch (ServiceException error)
        {
            await WriteErrorAsync(http.Response, error);
        }
    }

    public static Task WriteErrorAsync(HttpResponse response, ServiceException error)
    {
        response.Headers["x-amzn-ErrorType"] = error.Code;
        return WriteAsync(response, error.Status,
            JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["__type"] = error.Code, ["message"] = error.Message }));
    }

    private IOperation Find(string target)
    {
        var dot = target.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !_services.TryGetValue(target.AsSpan(0, dot), out var service))
            throw ServiceException.Unsupported($"The service of {target}");
        return service.Operations.Find(target.AsSpan(dot + 1));
    }

    private static Task WriteAsync(HttpResponse response, int status, ReadOnlyMemory<byte> body)
    {
        var asked = response.HttpContext.Request.ContentType;
        response.StatusCode = status;
        response.ContentType = asked?.StartsWith("application/x-amz-json", StringComparison.Ordinal) == true ? asked : DefaultContentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }
}
