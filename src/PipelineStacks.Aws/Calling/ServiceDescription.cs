namespace PipelineStacks.Aws.Calling;

/// <summary>What distinguishes one service from another on the wire.</summary>
/// <param name="Id">As AWS's models name the service, for endpoint variables and messages: <c>CloudFormation</c>.</param>
/// <param name="Endpoint">The host's first label on AWS: <c>cloudformation</c>.</param>
/// <param name="ApiVersion">The API's date: <c>2010-05-15</c>.</param>
/// <param name="TargetPrefix">What <c>X-Amz-Target</c> begins with, for JSON services.</param>
/// <param name="JsonVersion">The content type's version, for JSON services.</param>
internal sealed record ServiceDescription(string Id, string Endpoint, string ApiVersion, string TargetPrefix = "", string JsonVersion = "1.1")
{
    public string SigningName { get; init; } = Endpoint;

    /// <summary>How long an answer may take, where it may take longer than a call usually does. Such a call is not tried again: it may have done its work.</summary>
    public TimeSpan? Patience { get; init; }
}
