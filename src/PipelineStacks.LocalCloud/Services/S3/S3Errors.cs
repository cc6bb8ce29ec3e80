using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>An error of S3, with what its XML carries besides code and message, and the headers that come with it.</summary>
internal sealed class S3Exception(string code, string message, int status, params (string Name, string Value)[] details)
    : ServiceException(code, message, status)
{
    public IReadOnlyList<(string Name, string Value)> Details => details;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <summary>S3's errors in its own words.</summary>
internal static class S3Errors
{
    public static S3Exception NoSuchBucket(string bucket) =>
        new("NoSuchBucket", "The specified bucket does not exist", 404, ("BucketName", bucket));

    public static S3Exception NoSuchKey(string key) => new("NoSuchKey", "The specified key does not exist.", 404, ("Key", key));

    public static S3Exception NoSuchVersion(string key, string versionId) =>
        new("NoSuchVersion", "The specified version does not exist.", 404, ("Key", key), ("VersionId", versionId));

    public static S3Exception NoSuchUpload(string uploadId) => new("NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", 404,
        ("UploadId", uploadId));

    public static S3Exception InvalidArgument(string message, string name, string value) =>
        new("InvalidArgument", message, 400, ("ArgumentName", name), ("ArgumentValue", value));

    public static S3Exception InvalidRequest(string message) => new("InvalidRequest", message, 400);

    public static S3Exception InvalidBucketName(string bucket) =>
        new("InvalidBucketName", "The specified bucket is not valid.", 400, ("BucketName", bucket));

    public static S3Exception BucketNotEmpty(string bucket) =>
        new("BucketNotEmpty", "The bucket you tried to delete is not empty", 409, ("BucketName", bucket));

    public static S3Exception KeyTooLong(int size) =>
        new("KeyTooLongError", "Your key is too long", 400, ("Size", $"{size}"), ("MaxSizeAllowed", "1024"));

    public static S3Exception MalformedXml() =>
        new("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", 400);

    public static S3Exception PreconditionFailed(string condition) =>
        new("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, ("Condition", condition));

    public static S3Exception BadDigest(string algorithm) =>
        new("BadDigest", $"The {algorithm} you specified did not match what we received.", 400);

    public static S3Exception InvalidDigest(string header) => new("InvalidDigest", $"The {header} you specified was invalid.", 400);

    public static S3Exception IncompleteBody() =>
        new("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header.", 400);

    public static S3Exception InvalidRange(string range, long size) => new("InvalidRange", "The requested range is not satisfiable", 416,
        ("RangeRequested", range), ("ActualObjectSize", $"{size}")) { Headers = [("Content-Range", $"bytes */{size}")] };

    public static S3Exception MethodNotAllowed(string method, string resourceType) => new("MethodNotAllowed",
        "The specified method is not allowed against this resource.", 405, ("Method", method), ("ResourceType", resourceType));

    public static S3Exception AccessDenied(string message = "Access Denied") => new("AccessDenied", message, 403);

    public static S3Exception NotImplemented(string operation) =>
        new("NotImplemented", $"The operation {operation} of S3 is not supported by the local cloud.", 501);

    /// <summary>A header, parameter or element that this cloud would have to ignore.</summary>
    public static S3Exception Unsupported(string what) => new("NotImplemented", $"{what} is not supported by the local cloud.", 501);
}
