using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PipelineStacks.LocalCloud;

/// <summary>Where this cloud listens, for the processes that it starts. Known once it has started.</summary>
internal sealed class CloudEndpoint(IServer server)
{
    public Uri Uri => new(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The endpoint without a slash at its end, as <c>AWS_ENDPOINT_URL</c> has it.</summary>
    public string Url => Uri.GetLeftPart(UriPartial.Authority);
}
