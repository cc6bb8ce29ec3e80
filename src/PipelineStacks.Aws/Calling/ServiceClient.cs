using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace PipelineStacks.Aws.Calling;

/// <summary>
/// A service without a package of its own on the SDK's pipeline: credentials, signature, retries with back-off, reused connections.
/// </summary>
internal abstract class ServiceClient : AmazonServiceClient
{
    private readonly ServiceDescription _service;
    private readonly ServiceConfig _config;
    private readonly InvokeOptions _options;

    protected ServiceClient(ServiceDescription service, AwsSettings settings, Func<byte[], IWebResponseData, (string, string)> readError)
        : this(service, settings, new ServiceConfig(service, settings), readError)
    {
    }

    private ServiceClient(
        ServiceDescription service, AwsSettings settings, ServiceConfig config, Func<byte[], IWebResponseData, (string, string)> readError)
        : base(settings.CredentialsFor(config.Override, config), config)
    {
        _service = service;
        _config = config;
        _options = new InvokeOptions { RequestMarshaller = new RawMarshaller(service.Id), ResponseUnmarshaller = new RawUnmarshaller(readError) };
    }

    protected ServiceDescription Service => _service;

    /// <summary>Sends one call and returns the answer's bytes.</summary>
    /// <exception cref="AwsException">The service answered with an error, after the retries that the error allows.</exception>
    /// <exception cref="AwsUnavailableException">Nothing answers at the endpoint.</exception>
    protected async Task<byte[]> SendAsync(RawRequest request, CancellationToken cancel) => (await AnswerAsync(request, cancel)).Body;

    /// <inheritdoc cref="SendAsync"/>
    protected async Task<RawResponse> AnswerAsync(RawRequest request, CancellationToken cancel)
    {
        try
        {
            return await InvokeAsync<RawResponse>(request, _options, cancel);
        }
        catch (Exception error) when (Reachability.IsLost(error))
        {
            throw AwsUnavailableException.NothingAnswers(_config.Address, _config.Override is not null, error);
        }
        catch (AmazonServiceException error)
        {
            throw new AwsException(_service.Id, request.Operation, error.ErrorCode ?? "Unknown", error.Message, (int)error.StatusCode, error);
        }
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new AddressHandler());
        pipeline.AddHandlerAfter<Marshaller>(new SignatureHandler());
    }
}
