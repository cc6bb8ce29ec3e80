using System.Xml.Linq;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>Tags of objects and buckets, and their XML.</summary>
internal static class Tagging
{
    public const int MaxObjectTags = 10;
    public const int MaxBucketTags = 50;

    public static Dictionary<string, string> Checked(IEnumerable<(string Key, string Value)> tags, int most)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            if (key.Length is 0 or > 128)
                throw new S3Exception("InvalidTag", "The TagKey you have provided is invalid", 400, ("TagKey", key));
            if (value.Length > 256)
                throw new S3Exception("InvalidTag", "The TagValue you have provided is invalid", 400, ("TagKey", key), ("TagValue", value));
            if (!all.TryAdd(key, value))
                throw new S3Exception("InvalidTag", "Cannot provide multiple Tags with the same key", 400, ("TagKey", key));
        }

        return all.Count <= most ? all : throw new S3Exception("BadRequest",
            most == MaxObjectTags ? "Object tags cannot be greater than 10" : "Bucket tag count cannot be greater than 50", 400);
    }

    public static Dictionary<string, string> Read(XElement tagging, int most) =>
        Checked((tagging.Element("TagSet") ?? throw S3Errors.MalformedXml()).Elements("Tag").Select(tag =>
            (tag.Element("Key")?.Value ?? throw S3Errors.MalformedXml(), tag.Element("Value")?.Value ?? throw S3Errors.MalformedXml())),
                most);

    public static XElement Write(IEnumerable<KeyValuePair<string, string>> tags) => new("Tagging",
        new XElement("TagSet", tags.Select(tag => new XElement("Tag", new XElement("Key", tag.Key), new XElement("Value", tag.Value)))));
}
