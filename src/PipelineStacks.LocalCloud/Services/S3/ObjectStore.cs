using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>S3 for the services inside the cloud, by the same rules as for clients.</summary>
internal sealed class ObjectStore(Buckets buckets, ObjectWriter writer) : IObjectStore
{
    public ValueTask<StoredObject> PutFileAsync(Call call, string bucket, string key, string file, string contentType,
        string? contentEncoding = null)
    {
        var to = BucketFor(call, "s3:PutObject", bucket, key);
        var content = new WrittenContent(BucketStorage.NewFile(key), new FileInfo(file).Length, Checksums.Md5.OfFile(file), []);
        File.Move(file, to.Storage.PathOf(content.File));
        return ValueTask.FromResult(Put(call, to, key, content, contentType, contentEncoding));
    }

    public ValueTask<StoredObject> PutAsync(
        Call call, string bucket, string key, ReadOnlyMemory<byte> content, string contentType, string? contentEncoding = null)
    {
        var to = BucketFor(call, "s3:PutObject", bucket, key);
        using var file = new ContentWriter(to.Storage, key);
        file.Append(content.Span);
        return ValueTask.FromResult(Put(call, to, key, file.Finish(), contentType, contentEncoding));
    }

    public StoredObject Get(Call call, string bucket, string key)
    {
        var from = BucketFor(call, "s3:GetObject", bucket, key);
        return Stored(from, from.Storage.Contents.Objects.Find(key)?.Current ?? throw S3Errors.NoSuchKey(key));
    }

    public IReadOnlyList<StoredObject> List(Call call, string bucket, string prefix)
    {
        call.Authorize("s3:ListBucket", Buckets.ArnOf(bucket));
        var from = buckets.Get(bucket);
        return [.. from.Storage.Contents.Objects.From(prefix).TakeWhile(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(entry => entry.Current).OfType<ObjectVersion>().Select(version => Stored(from, version))];
    }

    public void Delete(Call call, string bucket, string key) =>
        writer.Delete(call, BucketFor(call, "s3:DeleteObject", bucket, key), key, null, WriteCondition.None);

    private static StoredObject Stored(Bucket bucket, ObjectVersion version) =>
        new(bucket.Name, version.Key, version.Size, version.ETag, version.LastModified,
            version.Headers?.GetValueOrDefault("Content-Encoding"), bucket.Storage.PathOf(version.File!));

    private StoredObject Put(Call call, Bucket bucket, string key, WrittenContent content, string contentType, string? contentEncoding)
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = contentType };
        if (contentEncoding is not null)
            headers["Content-Encoding"] = contentEncoding;
        var described = new ObjectVersion { Key = key, File = content.File, Size = content.Size, ETag = content.ETag, Headers = headers };
        return Stored(bucket, writer.Put(call, bucket, described, WriteCondition.None, "PutObject"));
    }

    private Bucket BucketFor(Call call, string action, string bucket, string key)
    {
        call.Authorize(action, $"{Buckets.ArnOf(bucket)}/{key}");
        return buckets.Get(bucket);
    }
}
