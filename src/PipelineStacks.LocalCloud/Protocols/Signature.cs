using Microsoft.AspNetCore.Http;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// What a request's SigV4 signature says of itself: access key, Region and the service it was signed for. It is read and
/// not checked, since the cloud listens on the loopback address only and accepts any credentials.
/// </summary>
internal readonly record struct Signature(string? AccessKeyId, string? Region, string? Service)
{
    private const string Marker = "Credential=";

    public static Signature Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var at = header.IndexOf(Marker, StringComparison.Ordinal);
        if (at >= 0)
        {
            var end = header.AsSpan(at).IndexOfAny(',', ' ');
            return Scope(header.AsSpan(at + Marker.Length, (end < 0 ? header.Length - at : end) - Marker.Length));
        }

        return request.Query.TryGetValue("X-Amz-Credential", out var presigned) ? Scope(presigned.ToString()) : default;
    }

    // AKID/20261120/eu-west-1/kinesis/aws4_request
    private static Signature Scope(ReadOnlySpan<char> scope)
    {
        Span<Range> parts = stackalloc Range[6];
        return scope.Split(parts, '/') < 5 ? default : new(scope[parts[0]].ToString(), scope[parts[2]].ToString(), scope[parts[3]].ToString());
    }
}
