namespace PipelineStacks.LocalCloud.Services.Ssm;

/// <summary>The API's <c>Parameter</c>.</summary>
internal sealed record ParameterView(
    string Name, string Type, string Value, long Version, DateTimeOffset LastModifiedDate, string ARN, string DataType);

internal sealed record GetParameterRequest
{
    public required string Name { get; init; }

    public bool WithDecryption { get; init; }
}

internal sealed record GetParameterResponse(ParameterView Parameter);

internal sealed record GetParametersRequest
{
    public required IReadOnlyList<string> Names { get; init; }

    public bool WithDecryption { get; init; }
}

internal sealed record GetParametersResponse(IReadOnlyList<ParameterView> Parameters, IReadOnlyList<string> InvalidParameters);

internal sealed record GetParametersByPathRequest
{
    public required string Path { get; init; }

    public bool Recursive { get; init; }

    public bool WithDecryption { get; init; }

    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record GetParametersByPathResponse(IReadOnlyList<ParameterView> Parameters, string? NextToken);

internal sealed record PutParameterRequest
{
    public required string Name { get; init; }

    public required string Value { get; init; }

    public string? Type { get; init; }

    public string? Description { get; init; }

    public string? AllowedPattern { get; init; }

    public string? DataType { get; init; }

    public string? Tier { get; init; }

    public bool Overwrite { get; init; }

    public IReadOnlyList<Tag>? Tags { get; init; }
}

internal sealed record PutParameterResponse(long Version, string Tier);

internal sealed record DeleteParameterRequest
{
    public required string Name { get; init; }
}

internal sealed record DescribeParametersRequest
{
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }
}

internal sealed record DescribeParametersResponse(IReadOnlyList<ParameterMetadata> Parameters, string? NextToken);

internal sealed record ParameterMetadata(
    string Name, string ARN, string Type, DateTimeOffset LastModifiedDate, string? Description, string? AllowedPattern, long Version, string Tier,
    string DataType);
