using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>What an enabled DataFormatConversionConfiguration must satisfy, in the order in which the service looks.</summary>
internal static class ConversionRules
{
    private const int MinMegabytes = 64;
    private static readonly string[] Codecs = ["UNCOMPRESSED", "GZIP", "SNAPPY"];

    public static void Check(ExtendedS3DestinationConfiguration destination)
    {
        var conversion = destination.DataFormatConversionConfiguration!;
        if (destination.CompressionFormat is not (null or Destinations.Uncompressed))
            throw FirehoseErrors.Invalid("CompressionFormat must be set to UNCOMPRESSED when data format conversion is enabled.");
        if (destination.BufferingHints?.SizeInMBs < MinMegabytes)
            throw FirehoseErrors.Invalid($"BufferingHints.SizeInMBs must be at least {MinMegabytes} when data format conversion is enabled.");
        CheckInput(Demand(conversion.InputFormatConfiguration, "InputFormatConfiguration"));
        CheckOutput(Demand(conversion.OutputFormatConfiguration, "OutputFormatConfiguration"));
        CheckSchema(Demand(conversion.SchemaConfiguration, "SchemaConfiguration"));
    }

    private static void CheckInput(InputFormatConfiguration input)
    {
        var deserializer = Demand(input.Deserializer, "Deserializer");
        if (deserializer is { OpenXJsonSerDe: null, HiveJsonSerDe: null } or { OpenXJsonSerDe: not null, HiveJsonSerDe: not null })
            throw FirehoseErrors.Invalid("Deserializer must specify exactly one of OpenXJsonSerDe and HiveJsonSerDe.");
        foreach (var format in deserializer.HiveJsonSerDe?.TimestampFormats ?? [])
        {
            if (format != "millis")
                throw ServiceException.Unsupported($"The timestamp format {format} of HiveJsonSerDe");
        }
    }

    private static void CheckOutput(OutputFormatConfiguration output)
    {
        var parquet = Demand(Demand(output.Serializer, "Serializer").ParquetSerDe, "ParquetSerDe");
        if (parquet.Compression is { } codec && !Codecs.Contains(codec))
        {
            throw ServiceException.Validation(
                "dataFormatConversionConfiguration.outputFormatConfiguration.serializer.parquetSerDe.compression", codec,
                $"Member must satisfy enum value set: [{string.Join(", ", Codecs)}]");
        }
    }

    private static void CheckSchema(SchemaConfiguration schema)
    {
        Demand(schema.RoleARN, "SchemaConfiguration.RoleARN");
        Demand(schema.DatabaseName, "SchemaConfiguration.DatabaseName");
        Demand(schema.TableName, "SchemaConfiguration.TableName");
        if (schema.VersionId is not (null or "LATEST"))
            throw ServiceException.Unsupported($"The schema version {schema.VersionId}, other than LATEST,");
    }

    private static T Demand<T>(T? value, string name) where T : class =>
        value ?? throw FirehoseErrors.Invalid($"{name} must not be null when data format conversion is enabled.");
}
