namespace PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;

internal sealed record PutDashboardRequest
{
    public required string DashboardName { get; init; }
    public required string DashboardBody { get; init; }
}

internal sealed record DashboardValidationMessage(string DataPath, string Message);

internal sealed record PutDashboardResponse(IReadOnlyList<DashboardValidationMessage> DashboardValidationMessages);

internal sealed record DashboardRequest
{
    public required string DashboardName { get; init; }
}

internal sealed record GetDashboardResponse(string DashboardArn, string DashboardBody, string DashboardName);

internal sealed record ListDashboardsRequest
{
    public string? DashboardNamePrefix { get; init; }
    public string? NextToken { get; init; }
}

internal sealed record DashboardEntry(string DashboardName, string DashboardArn, DateTimeOffset LastModified, long Size);

internal sealed record ListDashboardsResponse(IReadOnlyList<DashboardEntry> DashboardEntries, string? NextToken);

internal sealed record DeleteDashboardsRequest
{
    public required IReadOnlyList<string> DashboardNames { get; init; }
}
