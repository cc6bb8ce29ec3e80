using System.Text.Json;
using Amazon.Runtime.Internal.Transform;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws;

/// <summary>
/// Calls a service that speaks AWS JSON. Requests and responses are records named as in the service's API; of a response only
/// the members that this project reads are modelled.
/// </summary>
internal sealed class AwsJsonClient(ServiceDescription service, AwsSettings settings) : ServiceClient(service, settings, ReadError)
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Converters = { new EpochSeconds() },
    };

    public async Task<TResponse> CallAsync<TRequest, TResponse>(string operation, TRequest request, CancellationToken cancel) =>
        JsonSerializer.Deserialize<TResponse>(await CallAsync(operation, JsonSerializer.SerializeToUtf8Bytes(request, Json), cancel), Json)!;

    /// <summary>A call whose JSON the caller writes and reads, where throughput counts.</summary>
    public Task<byte[]> CallAsync(string operation, byte[] body, CancellationToken cancel) =>
        SendAsync(new RawRequest(operation, body, $"application/x-amz-json-{Service.JsonVersion}", $"{Service.TargetPrefix}.{operation}"), cancel);

    // Codes come as "ns#Code", "Code:http://…" or plain, in the body or in a header: all of it is the protocol.
    internal static (string Code, string Message) ReadError(byte[] body, IWebResponseData response)
    {
        var code = response.IsHeaderPresent("x-amzn-ErrorType") ? response.GetHeaderValue("x-amzn-ErrorType") : null;
        string? message = null;
        try
        {
            using var error = JsonDocument.Parse(body);
            if (error.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in error.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String))
                {
                    if (member.NameEquals("__type") || (member.NameEquals("code") && code is null))
                        code = member.Value.GetString();
                    else if (string.Equals(member.Name, "message", StringComparison.OrdinalIgnoreCase))
                        message = member.Value.GetString();
                }
            }
        }
        catch (JsonException)
        {
            // A proxy or a load balancer answers in HTML: its status is all there is to tell.
            message = null;
        }

        code = code is null ? $"HTTP {(int)response.StatusCode}" : code[(code.LastIndexOf('#') + 1)..].Split(':')[0];
        return (code, message ?? $"the endpoint answered with HTTP status {(int)response.StatusCode}");
    }
}
