using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace PipelineStacks.LocalCloud;

/// <summary>Why the cloud could not start, in one line with the fix.</summary>
internal static class StartErrors
{
    public static string Explain(LocalCloudOptions options, IOException error) => error switch
    {
        { InnerException: AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } } =>
            $"Port {options.Port} is in use. Stop what listens there, or choose another with --port (and AWS_ENDPOINT_URL).",
        _ => $"The data directory {options.DataDirectory} can't be used: {error.Message} Choose another with --data, or stop the local cloud that has it open.",
    };
}
