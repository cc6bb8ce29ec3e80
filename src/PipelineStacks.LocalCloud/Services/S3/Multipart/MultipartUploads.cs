using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.S3.Checksums;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Multipart;

/// <summary>Multipart uploads, from their beginning to the object. Who calls has authorised the call.</summary>
internal sealed class MultipartUploads(ObjectWriter writer, CloudClock clock)
{
    public Upload Begin(Bucket bucket, ObjectVersion described, string? algorithm, string? type)
    {
        var upload = new Upload(Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N"),
            described with { Encryption = described.Encryption ?? bucket.Settings.Encryption }, clock.GetUtcNow(), algorithm,
            TypeOf(algorithm, type));
        ObjectWriter.Commit(bucket, _ => new JournalEntry { Begin = upload });
        return upload;
    }

    public static Upload Find(Bucket bucket, string key, string uploadId) =>
        bucket.Storage.Contents.Uploads.TryGetValue(uploadId, out var upload) && upload.Object.Key == key
            ? upload
            : throw S3Errors.NoSuchUpload(uploadId);

    public UploadPart Add(Bucket bucket, Upload upload, int number, WrittenContent content, Checksum? checksum)
    {
        var part = new UploadPart(number, content.File, content.Size, content.ETag, clock.GetUtcNow(), checksum);
        ObjectWriter.Commit(bucket, contents => contents.Uploads.ContainsKey(upload.Id)
            ? new JournalEntry { PartOf = upload.Id, Part = part }
            : throw S3Errors.NoSuchUpload(upload.Id));
        return part;
    }

    /// <param name="expected">What the client takes the whole object's checksum to be.</param>
    public ObjectVersion Complete(
        Call call, Bucket bucket, Upload upload, IReadOnlyList<NamedPart> named, WriteCondition condition, Func<Checksum?, bool> expected,
        long? expectedSize)
    {
        var parts = PartList.Resolve(upload, named);
        if (expectedSize is { } size && size != parts.Sum(part => part.Size))
            throw S3Errors.InvalidRequest($"The provided 'x-amz-mp-object-size' header value {size} does not match what was computed: {parts.Sum(part => part.Size)}");
        condition.Check(upload.Object.Key, bucket.Storage.Contents.Objects.Find(upload.Object.Key)?.Current);
        var algorithm = ChecksumAlgorithm.Find(upload.ChecksumAlgorithm);
        var whole = algorithm is not null && upload.ChecksumType == Checksum.FullObject;

        using var file = new ContentWriter(bucket.Storage, upload.Object.Key, whole ? [algorithm!] : []);
        foreach (var part in parts)
            file.AppendFile(bucket.Storage.PathOf(part.File), 0, part.Size);
        var content = file.Finish();
        var checksum = algorithm is null ? null
            : whole ? new Checksum(algorithm.Name, Convert.ToBase64String(content.Checksums[0]))
            : PartList.Composite(algorithm, parts);
        if (!expected(checksum))
        {
            bucket.Storage.Discard(content);
            throw new S3Exception("BadDigest", $"The {algorithm?.Name} you specified did not match the calculated checksum.", 400);
        }

        return writer.Put(call, bucket, upload.Object with
        {
            File = content.File,
            Size = content.Size,
            ETag = PartList.ETag(parts),
            Checksum = checksum,
            PartSizes = [.. parts.Select(part => part.Size)],
            UploadId = upload.Id,
        }, condition, "CompleteMultipartUpload", upload.Id);
    }

    public static void Abort(Bucket bucket, string uploadId) =>
        ObjectWriter.Commit(bucket, contents =>
            contents.Uploads.ContainsKey(uploadId) ? new JournalEntry { End = uploadId } : throw S3Errors.NoSuchUpload(uploadId));

    private static string? TypeOf(string? algorithm, string? type)
    {
        if (algorithm is null)
            return type is null ? null
                : throw S3Errors.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        type ??= algorithm == "CRC64NVME" ? Checksum.FullObject : Checksum.Composite;
        var fits = type switch
        {
            Checksum.FullObject => ChecksumAlgorithm.Find(algorithm)!.IsCrc,
            Checksum.Composite => algorithm != "CRC64NVME",
            _ => throw S3Errors.InvalidRequest("Value for x-amz-checksum-type header is invalid."),
        };
        return fits ? type : throw S3Errors.InvalidRequest(
            $"The {type} checksum type cannot be used with the {algorithm.ToLowerInvariant()} checksum algorithm.");
    }
}
