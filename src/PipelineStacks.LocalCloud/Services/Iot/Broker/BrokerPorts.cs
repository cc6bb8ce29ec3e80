using System.Net;
using System.Net.Sockets;

namespace PipelineStacks.LocalCloud.Services.Iot.Broker;

/// <summary>Where devices connect: without encryption, and with it. Null where the cloud was started without a broker.</summary>
internal sealed class BrokerPorts(LocalCloudOptions options)
{
    private int? _tls;

    public int? Mqtt { get; private set; } = options.MqttPort;

    public int? Mqtts => _tls;

    /// <summary>Makes sure, before the cloud says that it is ready, that the broker can have its ports.</summary>
    /// <exception cref="MqttPortInUseException">Something else listens there.</exception>
    public void Claim()
    {
        if (Mqtt is not { } port)
            return;
        Mqtt = Probe(port);
        // The port of TLS follows the other, as 8883 follows 1883; where that is taken any free one will do.
        _tls = port == LocalCloudOptions.DefaultMqttPort ? TryProbe(8883) ?? Probe(0) : Probe(0);
    }

    private static int? TryProbe(int port)
    {
        try
        {
            return Probe(port);
        }
        catch (MqttPortInUseException)
        {
            return null;
        }
    }

    private static int Probe(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            throw new MqttPortInUseException(port, error);
        }

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The broker can't have its port; the cloud doesn't start then.</summary>
internal sealed class MqttPortInUseException(int port, SocketException error) : IOException(
    error.SocketErrorCode == SocketError.AddressAlreadyInUse
        ? $"Port {port} for MQTT is in use. Stop what listens there, or choose another with --mqtt-port (0 takes a free one)."
        : $"Port {port} for MQTT can't be used: {error.Message}. Choose another with --mqtt-port (0 takes a free one).", error);
