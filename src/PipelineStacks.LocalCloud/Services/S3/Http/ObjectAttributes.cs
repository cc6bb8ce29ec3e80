using System.Xml;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>GetObjectAttributes.</summary>
internal sealed class ObjectAttributes(Buckets buckets) : IS3Operations
{
    private const int MaxParts = 1000;

    private static readonly string[] Known = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    public void AddTo(RouteTable routes) => routes.Add("GET", Target.Object, "attributes", GetObjectAttributes);

    private Task GetObjectAttributes(S3Request request)
    {
        var versionId = request.Query("versionId");
        request.Call.Authorize(versionId is null ? "s3:GetObjectAttributes" : "s3:GetObjectVersionAttributes", request.ObjectArn);
        var bucket = buckets.Get(request.Bucket, request.ExpectedOwner);
        var asked = (request.Header("x-amz-object-attributes") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (asked.Length == 0 || asked.Except(Known).Any())
            throw S3Errors.InvalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", string.Join(",", asked));
        var version = ObjectReading.Find(bucket, request.Key, versionId);
        request.SetHeader("Last-Modified", HeaderText.Date(version.LastModified));
        ObjectHeaders.WriteVersion(request, bucket, version.VersionId);
        return S3Xml.WriteAsync(request.Response, "GetObjectAttributesResponse", xml =>
        {
            if (asked.Contains("ETag"))
                S3Xml.Element(xml, "ETag", version.ETag);
            if (asked.Contains("Checksum") && version.Checksum is { } checksum)
                S3Xml.Element(xml, "Checksum", () => S3Xml.Checksum(xml, checksum with { Value = checksum.Value.Split('-')[0] }));
            if (asked.Contains("ObjectParts") && version.PartSizes is { } parts)
                S3Xml.Element(xml, "ObjectParts", () => WriteParts(xml, request, parts));
            if (asked.Contains("StorageClass"))
                S3Xml.Element(xml, "StorageClass", version.StorageClass ?? "STANDARD");
            if (asked.Contains("ObjectSize"))
                S3Xml.Element(xml, "ObjectSize", version.Size);
        });
    }

    private static void WriteParts(XmlWriter xml, S3Request request, IReadOnlyList<long> parts)
    {
        var most = int.TryParse(request.Header("x-amz-max-parts"), out var asked) ? Math.Min(asked, MaxParts) : MaxParts;
        var marker = int.TryParse(request.Header("x-amz-part-number-marker"), out var after) ? after : 0;
        var last = Math.Min(parts.Count, marker + most);
        S3Xml.Element(xml, "PartsCount", parts.Count);
        S3Xml.Element(xml, "PartNumberMarker", marker);
        S3Xml.Element(xml, "NextPartNumberMarker", last);
        S3Xml.Element(xml, "MaxParts", most);
        S3Xml.Element(xml, "IsTruncated", last < parts.Count);
        for (var number = marker + 1; number <= last; number++)
        {
            var part = number;
            S3Xml.Element(xml, "Part", () =>
            {
                S3Xml.Element(xml, "PartNumber", part);
                S3Xml.Element(xml, "Size", parts[part - 1]);
            });
        }
    }
}
