using System.Runtime.CompilerServices;
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
            bytes += item.Bytes;
        }

        return (objects, bytes);
    }

    /// <summary>The objects under a prefix, in the order of their keys, page by page.</summary>
    public async IAsyncEnumerable<ObjectSummary> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix };
        ListObjectsV2Response page;
        do
        {
            page = await CallAsync("ListObjectsV2", () => _client.ListObjectsV2Async(request, cancel));
            foreach (var item in page.S3Objects ?? [])
                yield return new(item.Key, item.Size ?? 0, item.LastModified?.ToUniversalTime() ?? default(DateTimeOffset));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    /// <summary>An object's content as it comes over the wire, with its entity tag; null where there is no such object.</summary>
    public async Task<ObjectContent?> FindAsync(string bucket, string key, CancellationToken cancel)
    {
        try
        {
            var answer = await CallAsync("GetObject", () => _client.GetObjectAsync(bucket, key, cancel));
            return new(answer.ResponseStream, answer.ETag);
        }
        catch (AwsException error) when (error.Code == "NoSuchKey")
        {
            return null;
        }
    }

    /// <summary>Writes a text as an object.</summary>
    public Task PutAsync(string bucket, string key, string text, CancellationToken cancel) =>
        CallAsync("PutObject", () => _client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text }, cancel));

    /// <summary>Writes an object if there is none of that key.</summary>
    /// <returns>False if there is one: it stays as it was.</returns>
    public Task<bool> AddAsync(string bucket, string key, byte[] content, string contentType, CancellationToken cancel) =>
        WriteAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = new MemoryStream(content), ContentType = contentType, IfNoneMatch = "*" }, cancel);

    /// <summary>Writes an object in the place of the one that has the tag.</summary>
    /// <returns>False if another has taken its place: it stays as it is.</returns>
    public Task<bool> ReplaceAsync(string bucket, string key, byte[] content, string contentType, string etag, CancellationToken cancel) =>
        WriteAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = new MemoryStream(content), ContentType = contentType, IfMatch = etag }, cancel);

    /// <summary>Deletes an object, if it is there.</summary>
    public Task DeleteAsync(string bucket, string key, CancellationToken cancel) =>
        CallAsync("DeleteObject", () => _client.DeleteObjectAsync(bucket, key, cancel));

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<bool> WriteAsync(PutObjectRequest request, CancellationToken cancel)
    {
        try
        {
            await CallAsync("PutObject", () => _client.PutObjectAsync(request, cancel));
            return true;
        }
        catch (AwsException error) when (error.Code is "PreconditionFailed" or "ConditionalRequestConflict")
        {
            return false;
        }
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

/// <summary>An object of a listing.</summary>
public sealed record ObjectSummary(string Key, long Bytes, DateTimeOffset Modified);

/// <summary>What an object holds. The reader closes the stream.</summary>
public sealed record ObjectContent(Stream Stream, string ETag);
