using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.Firehose.Prefixes;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>What a destination must satisfy, before the defaults are filled in: the rules of the service, and what is not there locally.</summary>
internal static class DestinationRules
{
    private static readonly string[] Compressions = ["UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"];

    /// <exception cref="ServiceException"><c>InvalidArgumentException</c>, <c>ValidationException</c>, or the unsupported setting by name.</exception>
    public static void Check(ExtendedS3DestinationConfiguration destination, string path = "extendedS3DestinationConfiguration")
    {
        CheckS3(destination, path);
        CheckSupported(destination);
        if (destination.S3BackupMode is not (null or "Disabled" or "Enabled"))
            throw ServiceException.Validation($"{path}.s3BackupMode", destination.S3BackupMode, "Member must satisfy enum value set: [Disabled, Enabled]");
        if (destination.BacksUp && destination.S3BackupConfiguration is null)
            throw FirehoseErrors.Invalid("S3BackupConfiguration must be specified when S3BackupMode is Enabled.");
        if (destination.S3BackupConfiguration is { } backup)
            CheckS3(backup, path + ".s3BackupConfiguration");
        if (destination.CustomTimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw FirehoseErrors.Invalid($"The CustomTimeZone {zone} is not a time zone; give a name such as Europe/Berlin.");
        if (destination.FileExtension is { Length: > 0 } extension && (extension[0] != '.' || extension.Length > 128))
            throw ServiceException.Validation($"{path}.fileExtension", extension, @"Member must satisfy regular expression pattern: ^$|\.[0-9a-z!\-_.*'()]+");
        if (destination.Converts)
            ConversionRules.Check(destination);
    }

    /// <summary>What the service knows and this cloud does not. Holds for templates, too, before their references are resolved.</summary>
    public static void CheckSupported(ExtendedS3Settings destination)
    {
        if (destination.DynamicPartitioningConfiguration is { } dynamic && dynamic.Enabled != false)
            throw ServiceException.Unsupported("DynamicPartitioningConfiguration (Enabled)");
        if (destination.ProcessingConfiguration is { } processing && processing.Enabled != false)
        {
            foreach (var processor in processing.Processors ?? [])
            {
                if (processor.Type != Delivery.RecordDelimiter.Processor)
                    throw ServiceException.Unsupported($"The processor {processor.Type} in ProcessingConfiguration");
                Delivery.RecordDelimiter.Check(processor);
            }
        }
    }

    private static void CheckS3(S3Settings settings, string path)
    {
        Required(settings.RoleARN, $"{path}.roleARN", "arn:");
        Required(settings.BucketARN, $"{path}.bucketARN", "arn:aws:s3:::");
        CheckBuffering(settings.BufferingHints, path);
        if (settings.CompressionFormat is { } format)
        {
            if (!Compressions.Contains(format))
            {
                throw ServiceException.Validation(
                    $"{path}.compressionFormat", format, $"Member must satisfy enum value set: [{string.Join(", ", Compressions)}]");
            }

            if (format is not ("UNCOMPRESSED" or "GZIP"))
                throw ServiceException.Unsupported($"The CompressionFormat {format}");
        }

        if (settings.CloudWatchLoggingOptions is { Enabled: true } logging && (logging.LogGroupName is null || logging.LogStreamName is null))
            throw FirehoseErrors.Invalid("LogGroupName and LogStreamName must be specified when CloudWatch logging is enabled.");
        CheckPrefixes(settings);
    }

    private static void Required(string? arn, string path, string start)
    {
        if (arn is null)
            throw ServiceException.Validation(path, null, "Member must not be null");
        if (!arn.StartsWith(start, StringComparison.Ordinal))
            throw ServiceException.Validation(path, arn, $"Member must satisfy regular expression pattern: {start}.*");
    }

    private static void CheckBuffering(BufferingHints? hints, string path)
    {
        if (hints is null)
            return;
        if (hints.SizeInMBs is null || hints.IntervalInSeconds is null)
            throw FirehoseErrors.Invalid("BufferingHints: SizeInMBs and IntervalInSeconds must be specified together.");
        if (hints.SizeInMBs is < 1 or > 128)
            throw Range("sizeInMBs", hints.SizeInMBs.Value, 1, 128);
        if (hints.IntervalInSeconds is < 0 or > 900)
            throw Range("intervalInSeconds", hints.IntervalInSeconds.Value, 0, 900);

        ServiceException Range(string member, int value, int least, int most) => ServiceException.Validation(
            $"{path}.bufferingHints.{member}", value.ToString(System.Globalization.CultureInfo.InvariantCulture),
            value < least ? $"Member must have value greater than or equal to {least}" : $"Member must have value less than or equal to {most}");
    }

    private static void CheckPrefixes(S3Settings settings)
    {
        var (prefix, errors) = (Parse(settings.Prefix), Parse(settings.ErrorOutputPrefix));
        if (prefix.HasErrorType)
            throw Prefixes("!{firehose:error-output-type} can only be used in ErrorOutputPrefix");
        if (prefix.HasExpressions && string.IsNullOrEmpty(settings.ErrorOutputPrefix))
            throw Prefixes("ErrorOutputPrefix cannot be null or empty when Prefix contains expressions");
        if (errors.HasExpressions && !errors.HasErrorType)
            throw Prefixes("ErrorOutputPrefix must contain !{firehose:error-output-type} when it contains expressions");
        if (Longest(prefix.Evaluate(DateTimeOffset.UnixEpoch)) || Longest(errors.EvaluateForErrors(DateTimeOffset.UnixEpoch, "format-conversion-failed")))
            throw Prefixes("an evaluated prefix has at most 512 characters");

        // The service's message begins with this very misspelling.
        static ServiceException Prefixes(string constraint) =>
            FirehoseErrors.Invalid($"Ths supplied prefix(es) do not satisfy the following constraint: {constraint}");

        static bool Longest(string evaluated) => evaluated.Length > 512;
    }

    private static PrefixTemplate Parse(string? prefix)
    {
        try
        {
            return PrefixTemplate.Parse(prefix);
        }
        catch (FormatException error)
        {
            throw FirehoseErrors.Invalid(error.Message);
        }
    }
}
