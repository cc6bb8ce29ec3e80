using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.EventBridge;

namespace PipelineStacks.LocalCloud.Tests.S3;

/// <summary>A local cloud in virtual time, with a real S3 client and a recorder on the event bus.</summary>
public sealed class S3Fixture : IAsyncLifetime
{
    private int _buckets;

    internal LocalCloudHost Cloud { get; private set; } = null!;

    internal RecordedEvents Events { get; } = new();

    public AmazonS3Client S3 { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    internal VirtualClock Clock => (VirtualClock)Cloud.Services.GetRequiredService<CloudClock>();

    public async Task InitializeAsync()
    {
        Cloud = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = null },
            services => services.AddSingleton<IEventBus>(Events));
        S3 = Client("test");
        Http = new HttpClient { BaseAddress = Cloud.Endpoint };
    }

    public async Task DisposeAsync()
    {
        S3.Dispose();
        Http.Dispose();
        await Cloud.DisposeAsync();
    }

    /// <param name="accessKey">12 digits choose that account.</param>
    public AmazonS3Client Client(string accessKey) => new(new BasicAWSCredentials(accessKey, "test"), new AmazonS3Config
    {
        ServiceURL = Cloud.Endpoint.ToString(),
        ForcePathStyle = true,
        AuthenticationRegion = "eu-west-1",
        MaxErrorRetry = 0,
    });

    public async Task<string> NewBucketAsync()
    {
        var name = $"bucket-{Interlocked.Increment(ref _buckets)}";
        await S3.PutBucketAsync(name);
        return name;
    }

    internal T Service<T>() where T : notnull => Cloud.Services.GetRequiredService<T>();

    internal Call Call(string account = "000000000000") => Service<Callers>().ForService(account, "eu-west-1", "firehose.amazonaws.com");
}
