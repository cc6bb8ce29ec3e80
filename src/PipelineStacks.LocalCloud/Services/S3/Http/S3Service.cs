using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>S3's REST protocol: <see href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html"/>.</summary>
internal sealed class S3Service : IRestService
{
    private readonly RouteTable _routes = new();
    private readonly CloudClock _clock;

    public S3Service(IEnumerable<IS3Operations> operations, CloudClock clock)
    {
        _clock = clock;
        foreach (var some in operations)
            some.AddTo(_routes);
    }

    public string SigningName => "s3";

    public string Service => "S3";

    public IEnumerable<string> Operations => _routes.Descriptions;

    public async Task HandleAsync(Call call, HttpContext http)
    {
        var request = new S3Request(call, http, "", "");
        try
        {
            var (bucket, key) = Addressing.Of(http.Request);
            request = new S3Request(call, http, bucket, key);
            S3Xml.SetIds(request);
            Presigned.CheckExpiry(http.Request, _clock);
            await _routes.Find(request)(request);
        }
        catch (ServiceException error) when (!http.Response.HasStarted)
        {
            await S3Xml.WriteErrorAsync(request, error);
            return;
        }
        catch (IOException error) when (error is ConnectionResetException or BadHttpRequestException)
        {
            // The client went away in the middle of its content: nothing was stored, and nobody is there to be answered.
            http.Abort();
            return;
        }
        catch (IOException error) when (DiskFull.Is(error) && !http.Response.HasStarted)
        {
            await S3Xml.WriteErrorAsync(request, new("InternalError", DiskFull.Message(error), 500));
            return;
        }

        if (!call.Authorized)
            throw new InvalidOperationException($"{http.Request.Method} {http.Request.Path} answered without passing the authoriser.");
    }
}
