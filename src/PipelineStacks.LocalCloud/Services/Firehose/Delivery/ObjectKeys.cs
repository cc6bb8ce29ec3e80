using System.Globalization;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.Firehose.Prefixes;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>Names the objects of a delivery.</summary>
internal static class ObjectKeys
{
    public const string ConversionFailed = "format-conversion-failed";

    public static DeliveryIntent Make(DeliveryStream stream, S3Settings settings, bool converts, DateTimeOffset oldest, DateTimeOffset now)
    {
        var local = stream.Destination.CustomTimeZone is { } zone ? TimeZoneInfo.ConvertTime(oldest, TimeZoneInfo.FindSystemTimeZoneById(zone)) : oldest;
        var prefix = PrefixTemplate.Parse(settings.Prefix);
        var errors = string.IsNullOrEmpty(settings.ErrorOutputPrefix) ? prefix : PrefixTemplate.Parse(settings.ErrorOutputPrefix);
        return new(
            prefix.Evaluate(local) + Name(stream, local) + Extension(settings, converts),
            errors.EvaluateForErrors(local, ConversionFailed) + Name(stream, local),
            now);
    }

    private static string Name(DeliveryStream stream, DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture,
        $"{stream.Name}-{stream.Version}-{time:yyyy-MM-dd-HH-mm-ss}-{Guid.NewGuid()}");

    private static string Extension(S3Settings settings, bool converts)
    {
        if (settings is ExtendedS3Settings { FileExtension: { Length: > 0 } extension })
            return extension;
        if (converts)
            return ".parquet";
        return settings.CompressionFormat == "GZIP" ? ".gz" : "";
    }
}
