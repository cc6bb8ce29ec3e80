using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>Puts a delivery's objects as the destination's role.</summary>
internal sealed class S3Writer(IObjectStore store, Callers callers)
{
    public async ValueTask PutAsync(DeliveryStream stream, S3Settings settings, string key, string file, string? encoding = null)
    {
        try
        {
            await store.PutFileAsync(Call(stream, settings), BucketOf(settings), key, file, "application/octet-stream", encoding);
        }
        catch (ServiceException error)
        {
            throw new DeliveryException($"S3.{error.Code}", Explain(error), error);
        }
        catch (IOException error)
        {
            throw new DeliveryException("S3.InternalError", error.Message, error);
        }
    }

    public bool Exists(DeliveryStream stream, S3Settings settings, string key)
    {
        try
        {
            store.Get(Call(stream, settings), BucketOf(settings), key);
            return true;
        }
        catch (ServiceException error) when (error.Code is "NoSuchKey" or "NoSuchBucket")
        {
            return false;
        }
    }

    private static string BucketOf(S3Settings settings) => settings.BucketARN![(settings.BucketARN!.LastIndexOf(':') + 1)..];

    private static string Explain(ServiceException error) => error.Code switch
    {
        "NoSuchBucket" => "The specified bucket does not exist. Create the bucket or use a different bucket that does exist.",
        "AccessDenied" => "Access was denied. Ensure that the trust policy for the provided IAM role allows Amazon Data Firehose to assume the role, " +
            "and the access policy allows access to the S3 bucket.",
        _ => error.Message,
    };

    private Call Call(DeliveryStream stream, S3Settings settings) => callers.ForRole(settings.RoleARN!, stream.Region, stream.Name);
}
