using System.Security.Cryptography;
using System.Text;
using PipelineStacks.Aws.Kinesis;

namespace PipelineStacks.Cli.Generation;

/// <summary>A record of its own, as a line.</summary>
internal static class RecordLine
{
    private const int KeyCharacters = 32;

    /// <summary>Its partition key is made of its content, so that records spread over the shards.</summary>
    public static PutRecordsEntry Of(string record)
    {
        var data = Encoding.UTF8.GetBytes(record + "\n");
        return new(data, Convert.ToHexStringLower(SHA256.HashData(data))[..KeyCharacters]);
    }
}
