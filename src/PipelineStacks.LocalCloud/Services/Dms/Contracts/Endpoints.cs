using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Services.Dms.Contracts;

/// <summary>What creating and modifying an endpoint have in common, and what is kept of it.</summary>
internal record EndpointSettings
{
    public string? EndpointIdentifier { get; init; }

    public string? EndpointType { get; init; }

    public string? EngineName { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? ServerName { get; init; }

    public int? Port { get; init; }

    public string? DatabaseName { get; init; }

    public string? ExtraConnectionAttributes { get; init; }

    public string? KmsKeyId { get; init; }

    public string? CertificateArn { get; init; }

    public string? SslMode { get; init; }

    public string? ServiceAccessRoleArn { get; init; }

    public S3Settings? S3Settings { get; init; }

    public MySqlSettings? MySQLSettings { get; init; }
}

internal sealed record CreateEndpointRequest : EndpointSettings
{
    public string? ResourceIdentifier { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record ModifyEndpointRequest : EndpointSettings
{
    public required string EndpointArn { get; init; }

    public bool? ExactSettings { get; init; }
}

internal sealed record DeleteEndpointRequest(string EndpointArn);

/// <summary>An endpoint as it is described; never with its password.</summary>
internal sealed record Endpoint
{
    public required string EndpointIdentifier { get; init; }

    public required string EndpointType { get; init; }

    public required string EngineName { get; init; }

    public required string EngineDisplayName { get; init; }

    public string? Username { get; init; }

    public string? ServerName { get; init; }

    public int? Port { get; init; }

    public string? DatabaseName { get; init; }

    public string? ExtraConnectionAttributes { get; init; }

    public string Status { get; init; } = "active";

    public string? KmsKeyId { get; init; }

    public required string EndpointArn { get; init; }

    public string? CertificateArn { get; init; }

    public required string SslMode { get; init; }

    public string? ServiceAccessRoleArn { get; init; }

    public S3Settings? S3Settings { get; init; }

    public MySqlSettings? MySQLSettings { get; init; }
}

internal sealed record EndpointResponse(Endpoint Endpoint);

internal sealed record DescribeEndpointsResponse(IReadOnlyList<Endpoint> Endpoints, string? Marker);

internal sealed record MySqlSettings
{
    public string? AfterConnectScript { get; init; }

    [NoLocalEffect("The binary log is read as it is written, not polled.")]
    public int? EventsPollInterval { get; init; }

    public string? SecretsManagerAccessRoleArn { get; init; }

    public string? SecretsManagerSecretId { get; init; }

    public string? ServerName { get; init; }

    public int? Port { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? DatabaseName { get; init; }

    public string? ServerTimezone { get; init; }
}

/// <summary><see href="https://docs.aws.amazon.com/dms/latest/APIReference/API_S3Settings.html"/></summary>
internal sealed record S3Settings
{
    public bool? AddColumnName { get; init; }

    public string? BucketFolder { get; init; }

    public string? BucketName { get; init; }

    [NoLocalEffect("Objects have no ACLs here.")]
    public string? CannedAclForObjects { get; init; }

    public bool? CdcInsertsAndUpdates { get; init; }

    public bool? CdcInsertsOnly { get; init; }

    public int? CdcMaxBatchInterval { get; init; }

    public int? CdcMinFileSize { get; init; }

    public string? CdcPath { get; init; }

    public string? CompressionType { get; init; }

    public string? CsvDelimiter { get; init; }

    public string? CsvNoSupValue { get; init; }

    public string? CsvNullValue { get; init; }

    public string? CsvRowDelimiter { get; init; }

    public string? DataFormat { get; init; }

    [NoLocalEffect("DuckDB chooses the size of Parquet pages.")]
    public int? DataPageSize { get; init; }

    public string? DatePartitionDelimiter { get; init; }

    public bool? DatePartitionEnabled { get; init; }

    public string? DatePartitionSequence { get; init; }

    public string? DatePartitionTimezone { get; init; }

    [NoLocalEffect("DuckDB chooses the size of Parquet dictionaries.")]
    public int? DictPageSizeLimit { get; init; }

    [NoLocalEffect("Parquet files always have statistics.")]
    public bool? EnableStatistics { get; init; }

    [NoLocalEffect("DuckDB chooses the encoding of Parquet columns.")]
    public string? EncodingType { get; init; }

    [NoLocalEffect("Objects lie unencrypted on this machine's disk.")]
    public string? EncryptionMode { get; init; }

    public string? ExpectedBucketOwner { get; init; }

    public bool? GlueCatalogGeneration { get; init; }

    public bool? IncludeOpForFullLoad { get; init; }

    public int? MaxFileSize { get; init; }

    public bool? ParquetTimestampInMillisecond { get; init; }

    public string? ParquetVersion { get; init; }

    public bool? PreserveTransactions { get; init; }

    public bool? Rfc4180 { get; init; }

    [NoLocalEffect("DuckDB chooses the size of row groups.")]
    public int? RowGroupLength { get; init; }

    [NoLocalEffect("Objects lie unencrypted on this machine's disk.")]
    public string? ServerSideEncryptionKmsKeyId { get; init; }

    public string? ServiceAccessRoleArn { get; init; }

    public string? TimestampColumnName { get; init; }

    public bool? UseCsvNoSupValue { get; init; }

    public bool? UseTaskStartTimeForFullLoadTimestamp { get; init; }
}

internal sealed record TestConnectionRequest(string ReplicationInstanceArn, string EndpointArn);

internal sealed record DeleteConnectionRequest(string EndpointArn, string ReplicationInstanceArn);

internal sealed record Connection(
    string ReplicationInstanceArn, string EndpointArn, string Status, string EndpointIdentifier, string ReplicationInstanceIdentifier,
    string? LastFailureMessage = null);

internal sealed record ConnectionResponse(Connection Connection);

internal sealed record DescribeConnectionsResponse(IReadOnlyList<Connection> Connections, string? Marker);

internal sealed record ImportCertificateRequest(
    string CertificateIdentifier, string? CertificatePem = null, string? CertificateWallet = null, IReadOnlyList<Tag>? Tags = null);

internal sealed record DeleteCertificateRequest(string CertificateArn);

internal sealed record Certificate(
    string CertificateIdentifier, string CertificateArn, DateTimeOffset CertificateCreationDate, string CertificatePem, string CertificateOwner,
    DateTimeOffset ValidFromDate, DateTimeOffset ValidToDate, string SigningAlgorithm, int KeyLength);

internal sealed record CertificateResponse(Certificate Certificate);

internal sealed record DescribeCertificatesResponse(IReadOnlyList<Certificate> Certificates, string? Marker);
