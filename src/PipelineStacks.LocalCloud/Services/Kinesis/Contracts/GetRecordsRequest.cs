using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Contracts;

internal sealed record GetRecordsRequest(string? ShardIterator, int? Limit, string? StreamARN)
{
    public static GetRecordsRequest Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<GetRecordsRequest>(json.IsEmpty ? "{}"u8 : json.Span, Wire.Pascal)
                ?? throw new ServiceException("SerializationException", "The request of Kinesis GetRecords is null.");
        }
        catch (JsonException error)
        {
            throw new ServiceException("SerializationException", JsonErrors.Explain("Kinesis GetRecords", error));
        }
    }
}
