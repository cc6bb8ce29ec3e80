namespace PipelineStacks.LocalCloud.Services.Lambda.Contracts;

internal sealed record CreateFunctionRequest
{
    public required string FunctionName { get; init; }
    public string? Runtime { get; init; }
    public required string Role { get; init; }
    public string? Handler { get; init; }
    public required CodeLocation Code { get; init; }
    public string? Description { get; init; }
    public int? Timeout { get; init; }
    public int? MemorySize { get; init; }
    public bool Publish { get; init; }
    public VpcConfig? VpcConfig { get; init; }
    public string? PackageType { get; init; }
    public EnvironmentVariables? Environment { get; init; }
    public string? KMSKeyArn { get; init; }
    public TracingConfig? TracingConfig { get; init; }
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
    public IReadOnlyList<string>? Architectures { get; init; }
    public EphemeralStorage? EphemeralStorage { get; init; }
    public LoggingConfig? LoggingConfig { get; init; }
}

internal sealed record CodeLocation
{
    public byte[]? ZipFile { get; init; }
    public string? S3Bucket { get; init; }
    public string? S3Key { get; init; }
}

internal sealed record VpcConfig
{
    public IReadOnlyList<string>? SubnetIds { get; init; }
    public IReadOnlyList<string>? SecurityGroupIds { get; init; }
    public bool? Ipv6AllowedForDualStack { get; init; }
}

internal sealed record EnvironmentVariables
{
    public IReadOnlyDictionary<string, string>? Variables { get; init; }
}

internal sealed record TracingConfig
{
    public string? Mode { get; init; }
}

internal sealed record EphemeralStorage
{
    public required int Size { get; init; }
}

internal sealed record LoggingConfig
{
    public string? LogFormat { get; init; }
    public string? LogGroup { get; init; }
}

internal sealed record UpdateFunctionCodeRequest
{
    public required string FunctionName { get; init; }
    public byte[]? ZipFile { get; init; }
    public string? S3Bucket { get; init; }
    public string? S3Key { get; init; }
    public bool Publish { get; init; }
    public bool DryRun { get; init; }
    public string? RevisionId { get; init; }
    public IReadOnlyList<string>? Architectures { get; init; }
}

internal sealed record UpdateFunctionConfigurationRequest
{
    public required string FunctionName { get; init; }
    public string? Runtime { get; init; }
    public string? Role { get; init; }
    public string? Handler { get; init; }
    public string? Description { get; init; }
    public int? Timeout { get; init; }
    public int? MemorySize { get; init; }
    public VpcConfig? VpcConfig { get; init; }
    public EnvironmentVariables? Environment { get; init; }
    public string? KMSKeyArn { get; init; }
    public TracingConfig? TracingConfig { get; init; }
    public EphemeralStorage? EphemeralStorage { get; init; }
    public LoggingConfig? LoggingConfig { get; init; }
    public string? RevisionId { get; init; }
}

internal sealed record FunctionRequest
{
    public required string FunctionName { get; init; }
    public string? Qualifier { get; init; }
}

internal sealed record ListFunctionsRequest
{
    public string? Marker { get; init; }
    public int? MaxItems { get; init; }
    public string? FunctionVersion { get; init; }
    public string? MasterRegion { get; init; }
}

internal sealed record ListFunctionsResponse(string? NextMarker, IReadOnlyList<FunctionConfiguration> Functions);

internal sealed record GetFunctionResponse(
    FunctionConfiguration Configuration, FunctionCodeLocation Code, IReadOnlyDictionary<string, string>? Tags, Concurrency? Concurrency);

internal sealed record FunctionCodeLocation(string RepositoryType, string Location);

internal sealed record FunctionConfiguration
{
    public required string FunctionName { get; init; }
    public required string FunctionArn { get; init; }
    public required string Runtime { get; init; }
    public required string Role { get; init; }
    public required string Handler { get; init; }
    public required long CodeSize { get; init; }
    public required string Description { get; init; }
    public required int Timeout { get; init; }
    public required int MemorySize { get; init; }
    public required string LastModified { get; init; }
    public required string CodeSha256 { get; init; }
    public required string Version { get; init; }
    public VpcConfig? VpcConfig { get; init; }
    public EnvironmentVariables? Environment { get; init; }
    public string? KMSKeyArn { get; init; }
    public required TracingConfig TracingConfig { get; init; }
    public required string RevisionId { get; init; }
    public required string State { get; init; }
    public required string LastUpdateStatus { get; init; }
    public required string PackageType { get; init; }
    public required IReadOnlyList<string> Architectures { get; init; }
    public required EphemeralStorage EphemeralStorage { get; init; }
    public required LoggingConfig LoggingConfig { get; init; }
}
