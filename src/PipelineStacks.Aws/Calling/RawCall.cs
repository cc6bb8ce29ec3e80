using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace PipelineStacks.Aws.Calling;

/// <summary>A request whose body is already what goes over the wire.</summary>
internal sealed class RawRequest(string operation, byte[] body, string contentType, string? target) : AmazonWebServiceRequest
{
    /// <summary>The resource that a REST service is called at; its names in braces stand for <see cref="PathNames"/>.</summary>
    public string Path { get; init; } = "/";

    public IReadOnlyDictionary<string, string> PathNames { get; init; } = new Dictionary<string, string>();

    public string Method { get; init; } = "POST";

    /// <summary>What stands behind the path's question mark.</summary>
    public IReadOnlyDictionary<string, string> Query { get; init; } = new Dictionary<string, string>();

    public string Operation => operation;

    public byte[] Body => body;

    public string ContentType => contentType;

    public string? Target => target;
}

/// <summary>An answer whose body is as it came over the wire.</summary>
internal sealed class RawResponse : AmazonWebServiceResponse
{
    public byte[] Body { get; init; } = [];

    /// <summary>Where a function's own failure is told: the call itself succeeded.</summary>
    public string? FunctionError { get; init; }
}

/// <summary>Hands a raw request to the SDK's pipeline.</summary>
internal sealed class RawMarshaller(string service) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var raw = (RawRequest)input;
        var request = new DefaultRequest(raw, service) { HttpMethod = raw.Method, ResourcePath = raw.Path, Content = raw.Body, UseQueryString = raw.Query.Count > 0 };
        foreach (var (name, value) in raw.Query)
            request.Parameters[name] = value;
        foreach (var (name, value) in raw.PathNames)
            request.AddPathResource(name, value);
        request.Headers["Content-Type"] = raw.ContentType;
        if (raw.Target is { } target)
            request.Headers["X-Amz-Target"] = target;
        return request;
    }
}
