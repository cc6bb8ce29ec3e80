using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace PipelineStacks.Aws.S3;

/// <summary>Amazon S3, on the SDK's own client.</summary>
public sealed class S3Client : IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly Uri? _override;

    /// <summary>A client for the settings' Region and endpoint.</summary>
    public S3Client(AwsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var config = new AmazonS3Config { MaxErrorRetry = 3, RetryMode = RequestRetryMode.Standard };
        _override = settings.EndpointFor("S3");
        if (_override is null)
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(settings.Region);
        }
        else
        {
            config.ServiceURL = _override.AbsoluteUri;
            config.AuthenticationRegion = settings.Region;
            // Bucket names in the host name would need DNS that an endpoint of one's own rarely has.
            config.ForcePathStyle = true;
        }

        _client = new AmazonS3Client(settings.CredentialsFor(_override, config), config);
    }

    /// <summary>How many objects there are under a prefix, and how large they are together.</summary>
    public async Task<(long Objects, long Bytes)> SumAsync(string bucket, string prefix, CancellationToken cancel)
    {
        var (objects, bytes) = (0L, 0L);
        await foreach (var item in ListAsync(bucket, prefix, cancel))
        {
            objects++;
            bytes += item.Size ?? 0;
        }

        return (objects, bytes);
    }

    /// <summary>Writes a text as an object.</summary>
    public Task PutAsync(string bucket, string key, string text, CancellationToken cancel) =>
        CallAsync("PutObject", () => _client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text }, cancel));

    /// <summary>Deletes an object, if it is there.</summary>
    public Task DeleteAsync(string bucket, string key, CancellationToken cancel) =>
        CallAsync("DeleteObject", () => _client.DeleteObjectAsync(bucket, key, cancel));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async IAsyncEnumerable<S3Object> ListAsync(
        string bucket, string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await CallAsync("ListObjectsV2", () => _client.ListObjectsV2Async(request, cancel));
            foreach (var item in page.S3Objects ?? [])
                yield return item;
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    private async Task<T> CallAsync<T>(string operation, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (Calling.Reachability.IsLost(error))
        {
            throw AwsUnavailableException.NothingAnswers(_override ?? new Uri($"https://s3.{_client.Config.RegionEndpoint.SystemName}.amazonaws.com"), _override is not null, error);
        }
        catch (AmazonServiceException error)
        {
            throw new AwsException("S3", operation, error.ErrorCode ?? "Unknown", error.Message, (int)error.StatusCode, error);
        }
    }
}
