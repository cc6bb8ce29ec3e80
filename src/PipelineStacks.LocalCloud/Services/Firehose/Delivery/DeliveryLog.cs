using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.Logs;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>Reports errors of a destination into the log group and stream that it is configured with.</summary>
internal sealed class DeliveryLog(ILogSink sink, TimeProvider time, ILogger<DeliveryLog> log)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Write(DeliveryStream stream, S3Settings settings, string code, string message)
    {
        if (settings.CloudWatchLoggingOptions is not { Enabled: true, LogGroupName: { } group, LogStreamName: { } logStream })
            return;
        var line = new Line(stream.Arn, settings.BucketARN!, stream.Version, message, code);
        // Where group or stream are missing the line is lost, as the service's is.
        try
        {
            sink.Write(stream.Account, stream.Region, group, logStream, time.GetUtcNow(), JsonSerializer.Serialize(line, Json));
        }
        catch (IOException error)
        {
            // A full disk must not stop what goes on once there is room again.
            log.LogWarning("Delivery stream {Name} can't log \"{Line}\": {Message}", stream.Name, message, error.Message);
        }
    }

    private sealed record Line(string DeliveryStreamARN, string Destination, int DeliveryStreamVersionId, string Message, string ErrorCode);
}
