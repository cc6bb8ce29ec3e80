using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>A presigned URL is good for the time that it says.</summary>
internal static class Presigned
{
    public static void CheckExpiry(HttpRequest request, TimeProvider time)
    {
        if (request.Query["X-Amz-Expires"].ToString() is not { Length: > 0 } lifetime)
            return;
        var date = request.Query["X-Amz-Date"].ToString();
        if (!DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var signed)
            || !int.TryParse(lifetime, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 604_800)
            throw new S3Exception("AuthorizationQueryParametersError",
                "X-Amz-Date and X-Amz-Expires must be a time and at most a week in seconds", 400);
        if (signed.AddSeconds(seconds) < time.GetUtcNow())
            throw new S3Exception("AccessDenied", "Request has expired", 403,
                ("X-Amz-Expires", lifetime),
                ("Expires", signed.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                ("ServerTime", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }
}
