using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>Which bucket and key a request names: in its path, or the bucket in its host.</summary>
internal static partial class Addressing
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static (string Bucket, string Key) Of(HttpRequest request)
    {
        var path = RawPath(request);
        if (BucketOfHost(request.Host.Host) is { } bucket)
            return (bucket, path);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
    }

    private static string? BucketOfHost(string host) =>
        VirtualHost().Match(host) is { Success: true } match && match.Groups["bucket"] is { Success: true } bucket ? bucket.Value : null;

    // As sent: the framework's path has its dot segments resolved and keeps some escapes, and keys may hold anything.
    private static string RawPath(HttpRequest request)
    {
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            target = target.IndexOf('/', 7) is var at and >= 0 ? target[at..] : "/";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return Decode(target.AsSpan(1, (query < 0 ? target.Length : query) - 1));
    }

    public static string Decode(ReadOnlySpan<char> escaped)
    {
        if (!escaped.Contains('%'))
            return escaped.ToString();
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(escaped.Length)];
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '%')
                length += Encoding.UTF8.GetBytes(escaped.Slice(i, 1), bytes.AsSpan(length));
            else if (i + 2 < escaped.Length
                && byte.TryParse(escaped.Slice(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out bytes[length]))
                (i, length) = (i + 2, length + 1);
            else
                throw InvalidUri();
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw InvalidUri();
        }
    }

    private static S3Exception InvalidUri() => new("InvalidURI", "Couldn't parse the specified URI.", 400);

    // bucket.localhost, bucket.s3.localhost, bucket.s3.eu-west-1.localhost and the same below amazonaws.com; s3.localhost has no bucket.
    [GeneratedRegex(@"^(?!s3[.-])(?<bucket>.+?)(\.s3([.-][a-z]{2}(-[a-z]+)+-\d)?)?\.localhost$|^((?<bucket>.+)\.)?s3([.-][a-z]{2}(-[a-z]+)+-\d)?\.amazonaws\.com$", RegexOptions.ExplicitCapture)]
    private static partial Regex VirtualHost();
}
