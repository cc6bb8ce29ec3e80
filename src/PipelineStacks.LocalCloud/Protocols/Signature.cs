using Microsoft.AspNetCore.Http;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>
/// What a request's signature says of itself: access key, Region and the service it was signed for. It is read and not
/// checked, since the cloud listens on the loopback address only and accepts any credentials.
/// </summary>
internal readonly record struct Signature(string? AccessKeyId, string? Region, string? Service)
{
    private const string Marker = "Credential=";
    private const string OldScheme = "AWS ";

    public static Signature Of(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var at = header.IndexOf(Marker, StringComparison.Ordinal);
        if (at >= 0)
        {
            var end = header.AsSpan(at).IndexOfAny(',', ' ');
            return Scope(header.AsSpan(at + Marker.Length, (end < 0 ? header.Length - at : end) - Marker.Length));
        }

        // S3's signatures of before 2014, which boto3 still makes for presigned URLs, name the key alone.
        if (header.StartsWith(OldScheme, StringComparison.Ordinal))
            return new(header[OldScheme.Length..].Split(':')[0], null, "s3");
        if (request.Query.TryGetValue("X-Amz-Credential", out var presigned))
            return Scope(presigned.ToString());
        return request.Query.TryGetValue("AWSAccessKeyId", out var old) ? new(old.ToString(), null, "s3") : default;
    }

    // AKID/20261120/eu-west-1/kinesis/aws4_request; signatures for several Regions leave theirs out.
    private static Signature Scope(ReadOnlySpan<char> scope)
    {
        Span<Range> parts = stackalloc Range[6];
        return scope.Split(parts, '/') switch
        {
            5 => new(scope[parts[0]].ToString(), scope[parts[2]].ToString(), scope[parts[3]].ToString()),
            4 => new(scope[parts[0]].ToString(), null, scope[parts[2]].ToString()),
            _ => default,
        };
    }
}
