using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Kinesis;

/// <summary>A stream for the producers inside the cloud, such as IoT rules: what many PutRecord do, without their JSON.</summary>
internal interface IStreamWriter
{
    /// <returns>For each record null, or why it was not stored.</returns>
    /// <exception cref="ServiceException"><c>ResourceNotFoundException</c>.</exception>
    IReadOnlyList<ServiceException?> Put(Call call, string streamName, IReadOnlyList<(string PartitionKey, ReadOnlyMemory<byte> Data)> records);
}
