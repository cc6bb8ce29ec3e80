using System.Diagnostics.CodeAnalysis;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Templates;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>The text of a template, from the request or from an object in S3.</summary>
internal sealed class TemplateSource(IObjectStore objects)
{
    private const int MaxBodyLength = 51_200;

    public string? Read(Call call, string? body, string? url)
    {
        if (body is not null && url is not null)
            throw TemplateErrors.Validation("You cannot specify both TemplateBody and TemplateURL.");
        if (body?.Length > MaxBodyLength)
            throw new ServiceException("ValidationError", "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: "
                + $"Member must have length less than or equal to {MaxBodyLength}");
        if (url is null)
            return body;
        if (!TryParse(url, out var bucket, out var key))
            throw TemplateErrors.Validation("TemplateURL must be a supported URL.");
        if (url.Contains("versionId=", StringComparison.Ordinal))
            throw TemplateErrors.Unsupported("A version in TemplateURL");
        try
        {
            return File.ReadAllText(objects.Get(call, bucket, key).File);
        }
        catch (ServiceException error) when (error.Code is "NoSuchBucket" or "NoSuchKey")
        {
            throw TemplateErrors.Validation($"S3 error: {error.Message} For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
        }
    }

    /// <summary>Takes <c>s3://</c> and every form of S3's addresses, with the bucket in the host or in the path, and local endpoints.</summary>
    internal static bool TryParse(string url, [NotNullWhen(true)] out string? bucket, [NotNullWhen(true)] out string? key)
    {
        (bucket, key) = (null, null);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http" or "s3"))
            return false;
        var path = Uri.UnescapeDataString(uri.AbsolutePath).TrimStart('/');
        var inHost = uri.Scheme == "s3" ? uri.Host : BucketInHost(uri.Host);
        (bucket, key) = inHost is not null ? (inHost, path)
            : path.Split('/', 2) is [var first, var rest] ? (first, rest)
            : ("", "");
        return bucket.Length > 0 && key.Length > 0;
    }

    private static string? BucketInHost(string host)
    {
        foreach (var marker in (string[])[".s3.", ".s3-", ".localhost"])
            if (host.IndexOf(marker, StringComparison.OrdinalIgnoreCase) is > 0 and var at)
                return host[..at];
        return null;
    }
}
