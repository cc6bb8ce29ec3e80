using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace PipelineStacks.Aws.Calling;

/// <summary>Sends every call of a service to its one address.</summary>
internal sealed class AddressHandler(Uri address) : BaseEndpointResolver
{
    public override Endpoint GetEndpoint(IExecutionContext executionContext) => new(address.AbsoluteUri);
}

/// <summary>Signs every call with Signature Version 4.</summary>
internal sealed class SignatureHandler : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}
