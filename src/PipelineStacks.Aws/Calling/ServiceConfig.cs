using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace PipelineStacks.Aws.Calling;

/// <summary>The SDK's configuration of a service that it has no package for here.</summary>
internal sealed class ServiceConfig : ClientConfig
{
    private readonly ServiceDescription _service;

    public ServiceConfig(ServiceDescription service, AwsSettings settings) : base(new DefaultConfigurationProvider([new StandardMode()]))
    {
        _service = service;
        ServiceId = service.Id;
        RetryMode = RequestRetryMode.Standard;
        MaxErrorRetry = 4;
        AuthenticationServiceName = service.SigningName;
        RegionEndpoint = RegionEndpoint.GetBySystemName(settings.Region);
        AuthenticationRegion = settings.Region;
        Override = settings.EndpointFor(service.Id);
        Address = Override ?? new Uri($"https://{service.Endpoint}.{settings.Region}.{RegionEndpoint.PartitionDnsSuffix}");
        EndpointProvider = new OneAddress(Address);
        if (Address.IsLoopback)
        {
            // A server that is not there should be told in a second; a busy one on this machine needs no long back-off.
            MaxErrorRetry = 2;
        }

        if (service.Patience is { } patience)
        {
            Timeout = patience;
            MaxErrorRetry = 0;
        }
    }

    /// <summary>The endpoint set in AWS's place, if any.</summary>
    public Uri? Override { get; }

    public Uri Address { get; }

    public override string ServiceVersion => _service.ApiVersion;

    public override string UserAgent => "pipelines/0.1";

    public override string RegionEndpointServiceName => _service.Endpoint;

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) => new(Address.AbsoluteUri);

    private sealed class StandardMode : IDefaultConfiguration
    {
        public DefaultConfigurationMode Name => DefaultConfigurationMode.Standard;

        public RequestRetryMode RetryMode => RequestRetryMode.Standard;

        public S3UsEast1RegionalEndpointValue S3UsEast1RegionalEndpoint => S3UsEast1RegionalEndpointValue.Regional;

        public TimeSpan? ConnectTimeout => TimeSpan.FromSeconds(3.1);

        public TimeSpan? TlsNegotiationTimeout => TimeSpan.FromSeconds(3.1);

        public TimeSpan? TimeToFirstByteTimeout => null;

        public TimeSpan? HttpRequestTimeout => null;
    }
}
