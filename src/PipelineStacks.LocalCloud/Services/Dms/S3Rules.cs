using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>What S3 target settings may be, and what of it is done here.</summary>
internal static class S3Rules
{
    private static readonly string[] Sequences = ["YYYYMMDD", "YYYYMMDDHH", "YYYYMM", "MMYYYYDD", "DDMMYYYY"];
    private static readonly string[] Delimiters = ["SLASH", "UNDERSCORE", "DASH", "NONE"];

    public static void Check(S3Settings settings)
    {
        Required(settings.BucketName, "BucketName");
        Required(settings.ServiceAccessRoleArn, "ServiceAccessRoleArn");
        OneOf("CompressionType", settings.CompressionType, "none", "gzip");
        OneOf("DataFormat", settings.DataFormat, "csv", "parquet");
        OneOf("EncryptionMode", settings.EncryptionMode, "sse-s3", "sse-kms");
        OneOf("ParquetVersion", settings.ParquetVersion, "parquet-1-0", "parquet-2-0");
        OneOf("DatePartitionSequence", settings.DatePartitionSequence, Sequences);
        OneOf("DatePartitionDelimiter", settings.DatePartitionDelimiter, Delimiters);
        Between("CdcMaxBatchInterval", settings.CdcMaxBatchInterval, 1, 86_400);
        Between("CdcMinFileSize", settings.CdcMinFileSize, 1, 1_048_576);
        Between("MaxFileSize", settings.MaxFileSize, 1, 1_048_576);
        CheckCombinations(settings);
        CheckSupported(settings);
    }

    private static void CheckCombinations(S3Settings settings)
    {
        if (settings is { CdcInsertsOnly: true, CdcInsertsAndUpdates: true })
            throw DmsErrors.Combination("The CdcInsertsOnly and CdcInsertsAndUpdates settings can't both be set to true for the same endpoint.");
        if (settings.PreserveTransactions == true && settings.DatePartitionEnabled == true)
            throw DmsErrors.Combination("PreserveTransactions can't be used together with DatePartitionEnabled.");
        if ((settings.PreserveTransactions == true || settings.CdcPath is not null) && settings.AddColumnName == true)
            throw DmsErrors.Combination("PreserveTransactions or CdcPath can't be used together with AddColumnName.");
        if (settings.CdcPath is not null && settings.DatePartitionEnabled == true)
            throw DmsErrors.Combination("CdcPath can't be used together with DatePartitionEnabled.");
        if (settings.PreserveTransactions == true && settings.CdcPath is null)
            throw DmsErrors.Combination("CdcPath is required when PreserveTransactions is set to true.");
        if (settings.PreserveTransactions == true && Is(settings.DataFormat, "parquet"))
            throw DmsErrors.Combination("PreserveTransactions requires the csv data format.");
        if (Is(settings.EncryptionMode, "sse-kms") && settings.ServerSideEncryptionKmsKeyId is null)
            throw DmsErrors.Combination("ServerSideEncryptionKmsKeyId is required when EncryptionMode is SSE_KMS.");
        if (settings.DatePartitionEnabled != true && settings is not { DatePartitionSequence: null, DatePartitionDelimiter: null, DatePartitionTimezone: null })
            throw DmsErrors.Combination("DatePartitionSequence, DatePartitionDelimiter and DatePartitionTimezone require DatePartitionEnabled.");
    }

    private static void CheckSupported(S3Settings settings)
    {
        if (settings.PreserveTransactions == true || settings.CdcPath is not null)
            throw ServiceException.Unsupported("S3Settings.PreserveTransactions and CdcPath");
        if (settings.GlueCatalogGeneration == true)
            throw ServiceException.Unsupported("S3Settings.GlueCatalogGeneration");
        if (settings is { UseCsvNoSupValue: true } or { CsvNoSupValue: not null })
            throw ServiceException.Unsupported("S3Settings.UseCsvNoSupValue");
        if (settings.DatePartitionTimezone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw DmsErrors.Value($"The DatePartitionTimezone {zone} is not a known time zone.");
    }

    /// <summary>Templates and the API write these values in different cases, with dashes or underscores.</summary>
    public static bool Is(string? value, string expected) => value is not null && Plain(value) == Plain(expected);

    public static string Plain(string value) => value.Replace('_', '-').ToLowerInvariant();

    private static void Required(string? value, string name)
    {
        if (string.IsNullOrEmpty(value))
            throw DmsErrors.Combination($"The parameter {name} must be provided for the S3 endpoint.");
    }

    private static void OneOf(string name, string? value, params ReadOnlySpan<string> values)
    {
        if (value is null)
            return;
        foreach (var one in values)
            if (Is(value, one))
                return;
        throw DmsErrors.Value($"The value {value} of {name} is not valid. Valid values: {string.Join(", ", values!)}.");
    }

    private static void Between(string name, int? value, int least, int most)
    {
        if (value < least || value > most)
            throw DmsErrors.Value($"The value {value} of {name} is not between {least} and {most}.");
    }
}
