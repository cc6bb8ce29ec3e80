using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>A service that speaks AWS JSON: the operation comes in <c>X-Amz-Target: Prefix.Operation</c>.</summary>
internal interface IJsonService
{
    /// <summary>What stands before the dot: <c>Kinesis_20131202</c>.</summary>
    string TargetPrefix { get; }

    OperationTable Operations { get; }
}

/// <summary>A service that speaks AWS Query: the operation comes in the form field <c>Action</c>, the answer is XML.</summary>
internal interface IQueryService
{
    /// <summary>The service that requests are signed for: <c>cloudformation</c>.</summary>
    string SigningName { get; }

    string XmlNamespace { get; }

    /// <summary>EC2 frames its answers and errors in a way of its own.</summary>
    bool IsEc2 => false;

    OperationTable Operations { get; }

    /// <summary>The element that stands for one item of a list.</summary>
    string ItemName(string list) => "member";
}

/// <summary>A service with a REST protocol of its own, such as S3.</summary>
internal interface IRestService
{
    /// <summary>The service that requests are signed for: <c>s3</c>.</summary>
    string SigningName { get; }

    /// <summary>What older clients sign for instead, where AWS has changed the name.</summary>
    IEnumerable<string> FormerSigningNames => [];

    /// <summary>The service's name as users know it: <c>S3</c>.</summary>
    string Service { get; }

    /// <summary>What the service can do, for its documentation.</summary>
    IEnumerable<string> Operations { get; }

    Task HandleAsync(Call call, HttpContext http);
}
