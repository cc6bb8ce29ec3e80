using System.Text;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>The opaque token of a listing's next page: where the last one ended.</summary>
internal static class PageToken
{
    public static string Make(params ReadOnlySpan<string> parts) => Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    public static string Read(string token)
    {
        var buffer = new byte[token.Length];
        return Convert.TryFromBase64String(token, buffer, out var length)
            ? Encoding.UTF8.GetString(buffer.AsSpan(0, length))
            : throw KinesisErrors.Invalid("NextToken is invalid.");
    }
}
