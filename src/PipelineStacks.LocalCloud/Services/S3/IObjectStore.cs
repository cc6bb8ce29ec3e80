using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>S3 for the services inside the cloud: Firehose delivers through it, Athena and Glue read through it.</summary>
internal interface IObjectStore
{
    /// <summary>Takes a finished file over as an object, by moving it: nothing is copied and readers see the whole object or none.</summary>
    ValueTask<StoredObject> PutFileAsync(Call call, string bucket, string key, string file, string contentType,
        string? contentEncoding = null);

    ValueTask<StoredObject> PutAsync(Call call, string bucket, string key, ReadOnlyMemory<byte> content, string contentType,
        string? contentEncoding = null);

    /// <exception cref="ServiceException"><c>NoSuchBucket</c>, <c>NoSuchKey</c>.</exception>
    StoredObject Get(Call call, string bucket, string key);

    /// <summary>The current objects under a prefix, in the order of their keys' UTF-8 bytes.</summary>
    IReadOnlyList<StoredObject> List(Call call, string bucket, string prefix);

    void Delete(Call call, string bucket, string key);
}

/// <summary>A current object.</summary>
/// <param name="File">The content as a plain file, for engines that read files. It is never changed in place.</param>
internal sealed record StoredObject(string Bucket, string Key, long Size, string ETag, DateTimeOffset LastModified, string? ContentEncoding,
    string File);
