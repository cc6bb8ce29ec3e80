using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace PipelineStacks.Aws.Calling;

/// <summary>Asks the configuration's endpoint provider, which needs to know nothing of the call.</summary>
internal sealed class AddressHandler : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) => new();

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
        // The JSON and Query protocols put nothing of the call into the address.
    }
}

/// <summary>Sends every call of a service to its one address.</summary>
internal sealed class OneAddress(Uri address) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters) => new(address.AbsoluteUri);
}

/// <summary>Signs every call with Signature Version 4.</summary>
internal sealed class SignatureHandler : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}
