using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// Finds the protocol and the service of a request, as one endpoint for all services must: by <c>X-Amz-Target</c>, by the
/// service that the signature names, by a form with an action. Everything else is S3, whose requests may be unsigned.
/// </summary>
internal sealed class RequestRouter(
    Callers callers, JsonProtocol json, QueryProtocol query, IEnumerable<IRestService> restServices, ILogger<RequestRouter> log)
{
    private readonly Dictionary<string, IRestService> _rest = restServices
        .SelectMany(service => service.FormerSigningNames.Append(service.SigningName), KeyValuePair.Create)
        .ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext http)
    {
        var signature = Signature.Of(http.Request);
        var call = callers.ForClient(signature.AccessKeyId, signature.Region);
        http.Response.Headers["x-amzn-RequestId"] = call.RequestId;
        try
        {
            await RouteAsync(http, signature, call);
        }
        catch (BadHttpRequestException error) when (!http.Response.HasStarted)
        {
            await FailAsync(http, call, new("BadRequest", error.Message, error.StatusCode));
        }
        catch (IOException error) when (DiskFull.Is(error) && !http.Response.HasStarted)
        {
            await FailAsync(http, call, new("InternalFailure", DiskFull.Message(error), 500));
        }
        catch (Exception error) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Expected errors are ServiceExceptions, answered by their protocol; what arrives here is a defect of the cloud.
            log.LogError(error, "{Method} {Path} {Target} failed", http.Request.Method, http.Request.Path, http.Request.Headers["X-Amz-Target"]);
            if (http.Response.HasStarted)
                http.Abort();
            else
                await FailAsync(http, call, new("InternalFailure", $"The local cloud failed: {error.Message} Its log says more.", 500));
        }
    }

    private async Task RouteAsync(HttpContext http, Signature signature, Call call)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        if (target.Length > 0)
            await json.HandleAsync(call, target, Plain(http));
        else if (signature.Service is { } service && _rest.TryGetValue(service, out var rest))
            await rest.HandleAsync(call, http);
        else if (signature.Service is not null && QueryProtocol.Speaks(http.Request))
            await query.HandleAsync(call, signature.Service, Plain(http));
        else if (signature.Service is null && _rest.TryGetValue("s3", out var s3))
            await s3.HandleAsync(call, http);
        else
            await FailAsync(http, call, ServiceException.Unsupported(
                $"{(signature.Service is null ? "An unsigned request" : $"The service {signature.Service}")} ({http.Request.Method} {http.Request.Path})"));
    }

    // Newer clients compress what is large, such as metrics; for S3 the encoding is part of the object.
    private static HttpContext Plain(HttpContext http)
    {
        if (http.Request.Headers.ContentEncoding == "gzip")
            http.Request.Body = new GZipStream(http.Request.Body, CompressionMode.Decompress);
        return http;
    }

    private static Task FailAsync(HttpContext http, Call call, ServiceException error) =>
        QueryProtocol.Speaks(http.Request) ? QueryProtocol.WriteErrorAsync(http.Response, service: null, call, error) : JsonProtocol.WriteErrorAsync(http.Response, error);
}
