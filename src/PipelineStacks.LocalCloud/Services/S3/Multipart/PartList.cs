using PipelineStacks.LocalCloud.Services.S3.Checksums;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3.Multipart;

/// <summary>A part as CompleteMultipartUpload names it.</summary>
internal sealed record NamedPart(int Number, string ETag, Checksum? Checksum);

/// <summary>The parts that an object is completed from.</summary>
internal static class PartList
{
    private const long LeastSize = 5 * 1024 * 1024;

    /// <summary>The uploaded parts that are meant, all checked.</summary>
    public static List<UploadPart> Resolve(Upload upload, IReadOnlyList<NamedPart> named)
    {
        var parts = new List<UploadPart>(named.Count);
        foreach (var name in named)
        {
            if (parts.Count > 0 && name.Number <= parts[^1].Number)
                throw new S3Exception("InvalidPartOrder",
                    "The list of parts was not in ascending order. The parts list must be specified in order by part number.", 400,
                    ("UploadId", upload.Id));
            if (!upload.Parts.TryGetValue(name.Number, out var part) || part.ETag != name.ETag.Trim('"')
                || (name.Checksum is not null && part.Checksum is not null && name.Checksum.Value != part.Checksum.Value))
                throw new S3Exception("InvalidPart",
                    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
                    + "entity tag may not match the part's entity tag.", 400, ("UploadId", upload.Id), ("PartNumber", $"{name.Number}"),
                    ("ETag", name.ETag.Trim('"')));
            parts.Add(part);
        }

        foreach (var part in parts.SkipLast(1).Where(part => part.Size < LeastSize))
            throw new S3Exception("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400,
                ("ProposedSize", $"{part.Size}"), ("MinSizeAllowed", $"{LeastSize}"), ("PartNumber", $"{part.Number}"),
                ("ETag", part.ETag));
        return parts;
    }

    /// <summary>The MD5 of the parts' MD5s, and how many they are.</summary>
    public static string ETag(IReadOnlyList<UploadPart> parts) =>
        $"{Convert.ToHexStringLower(Md5.Of([.. parts.SelectMany(part => Convert.FromHexString(part.ETag))]))}-{parts.Count}";

    public static Checksum? Composite(ChecksumAlgorithm algorithm, IReadOnlyList<UploadPart> parts)
    {
        if (parts.Any(part => part.Checksum?.Algorithm != algorithm.Name))
            return null;
        var all = algorithm.Of([.. parts.SelectMany(part => Convert.FromBase64String(part.Checksum!.Value))]);
        return new(algorithm.Name, $"{Convert.ToBase64String(all)}-{parts.Count}", Checksum.Composite);
    }
}
