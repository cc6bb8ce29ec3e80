namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>A delivery can't be made now and is tried again.</summary>
/// <param name="code">As the service's error log names it: <c>S3.NoSuchBucket</c>.</param>
internal sealed class DeliveryException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code => code;
}
