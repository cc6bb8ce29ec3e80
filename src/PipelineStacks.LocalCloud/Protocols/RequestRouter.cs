using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// Finds the protocol and the service of a request, as one endpoint for all services must: by <c>X-Amz-Target</c>, by the
/// service that the signature names, by a form with an action. Everything else is S3, whose requests may be unsigned.
/// </summary>
internal sealed class RequestRouter(
    Callers callers, JsonProtocol json, QueryProtocol query, IEnumerable<IRestService> restServices, ILogger<RequestRouter> log)
{
    private readonly Dictionary<string, IRestService> _rest = restServices.ToDictionary(service => service.SigningName, StringComparer.Ordinal);

    public async Task HandleAsync(HttpContext http)
    {
        var signature = Signature.Of(http.Request);
        var call = callers.ForClient(signature.AccessKeyId, signature.Region);
        http.Response.Headers["x-amzn-RequestId"] = call.RequestId;
        try
        {
            await RouteAsync(http, signature, call);
        }
        catch (Exception error) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Expected errors are ServiceExceptions, answered by their protocol; what arrives here is a defect of the cloud.
            log.LogError(error, "{Method} {Path} {Target} failed", http.Request.Method, http.Request.Path, http.Request.Headers["X-Amz-Target"]);
            if (!http.Response.HasStarted)
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task RouteAsync(HttpContext http, Signature signature, Call call)
    {
        var target = http.Request.Headers["X-Amz-Target"].ToString();
        if (target.Length > 0)
            await json.HandleAsync(call, target, http);
        else if (signature.Service is { } service && _rest.TryGetValue(service, out var rest))
            await rest.HandleAsync(call, http);
        else if (http.Request is { Method: "POST", HasFormContentType: true } && signature.Service is not null)
            await query.HandleAsync(call, signature.Service, http);
        else if (signature.Service is null && _rest.TryGetValue("s3", out var s3))
            await s3.HandleAsync(call, http);
        else
            await RefuseAsync(http, $"The service {signature.Service} ({http.Request.Method} {http.Request.Path}) is not supported by the local cloud.");
    }

    private static Task RefuseAsync(HttpContext http, string message)
    {
        http.Response.StatusCode = StatusCodes.Status501NotImplemented;
        return http.Response.WriteAsJsonAsync(new { __type = "NotImplementedByLocalCloud", message });
    }
}
