using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using PipelineStacks.LocalCloud.Services.Iot.Broker;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud;

/// <summary>Why the cloud could not start, in one line with the fix.</summary>
internal static class StartErrors
{
    /// <summary>Whether the error is one of the surroundings: the port, the disk, the state. Others are defects of the cloud.</summary>
    public static bool IsExpected(Exception error) => error is IOException or UnauthorizedAccessException or SocketException;

    public static string Explain(LocalCloudOptions options, Exception error) => error switch
    {
        MqttPortInUseException => error.Message,
        { InnerException: AddressInUseException } or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            $"Port {options.Port} is in use. Stop what listens there, or choose another with --port (and AWS_ENDPOINT_URL).",
        SocketException => $"Port {options.Port} can't be used: {error.Message}. Choose another with --port (and AWS_ENDPOINT_URL).",
        CorruptStateException or DirectoryInUseException => error.Message,
        _ => $"The data directory {options.DataDirectory} can't be used: {error.Message} Choose another with --data.",
    };
}
