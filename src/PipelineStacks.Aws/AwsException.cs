namespace PipelineStacks.Aws;

/// <summary>An error that a service answered with.</summary>
/// <param name="service">The service's name as people write it: <c>Kinesis</c>.</param>
/// <param name="operation">The call that failed: <c>PutRecords</c>.</param>
/// <param name="code">The service's error code, such as <c>ResourceNotFoundException</c>.</param>
public sealed class AwsException(string service, string operation, string code, string message, int status, Exception? inner = null)
    : Exception($"{service} {operation}: {message} ({code})", inner)
{
    /// <summary>The service that answered.</summary>
    public string Service => service;

    /// <summary>The call that failed.</summary>
    public string Operation => operation;

    /// <summary>The service's error code.</summary>
    public string Code => code;

    /// <summary>The service's own words, without the call and the code that <see cref="Exception.Message"/> adds.</summary>
    public string Reason => message;

    /// <summary>The HTTP status of the answer.</summary>
    public int Status => status;
}
