using System.Buffers;
using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PipelineStacks.Cli.Devices;

/// <summary>Where devices connect.</summary>
/// <param name="Certificate">What a device shows over TLS; null for a plain connection, which only a broker on this machine takes.</param>
/// <param name="Authority">Who vouches for the broker; null for those whom this machine trusts.</param>
internal sealed record MqttEndpoint(string Host, int Port, X509Certificate2? Certificate = null, X509Certificate2? Authority = null)
{
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>
/// A device's connection: what MQTT 3.1.1 needs to publish with the quality of service 1, where each message is acknowledged when the broker has taken it.
/// </summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    private const byte Connect = 0x10, Publish = 0x30, Disconnect = 0xE0;
    private const byte Acknowledged = 4;
    private const byte CleanSession = 2;
    private const byte AtLeastOnce = 2;
    private const ushort KeepAliveSeconds = 1200;

    private static readonly string[] Refusals =
        ["", "it speaks another version of MQTT", "it does not take this client id", "it is not available", "bad user name or password", "not authorized: check the certificate, its thing and its policy"];

    private readonly TcpClient _tcp;
    private readonly Stream _stream;
    private readonly byte[] _header = new byte[8];
    private ushort _next;

    private MqttConnection(TcpClient tcp, Stream stream) => (_tcp, _stream) = (tcp, stream);

    /// <exception cref="UserError">Nobody is there, or the broker refused.</exception>
    public static async Task<MqttConnection> OpenAsync(MqttEndpoint endpoint, string clientId, CancellationToken cancel)
    {
        var tcp = new TcpClient { NoDelay = true };
        try
        {
            await tcp.ConnectAsync(endpoint.Host, endpoint.Port, cancel);
            var connection = new MqttConnection(tcp, endpoint.Certificate is null ? tcp.GetStream() : await SecureAsync(tcp, endpoint, cancel));
            await connection.GreetAsync(endpoint, clientId, cancel);
            return connection;
        }
        catch (Exception error) when (error is SocketException or IOException or System.Security.Authentication.AuthenticationException)
        {
            tcp.Dispose();
            throw new UserError(ExitCode.Unavailable, $"No MQTT broker takes {clientId} at {endpoint}: {error.Message}");
        }
        catch
        {
            tcp.Dispose();
            throw;
        }
    }

    /// <summary>Sends a message again under its number: the acknowledgement was lost, as far as the device knows.</summary>
    public Task RepeatAsync(ushort id, string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel) => SendAsync(id, topic, payload, again: true, cancel);

    /// <summary>Publishes, and returns the message's number when the broker has taken it.</summary>
    public async Task<ushort> PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        _next = _next == ushort.MaxValue ? (ushort)1 : (ushort)(_next + 1);
        await SendAsync(_next, topic, payload, again: false, cancel);
        return _next;
    }

    /// <summary>Ends the connection as MQTT wants it, or where the network is gone as it comes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.WriteAsync((byte[])[Disconnect, 0]);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Whoever has closed it already needs no goodbye.
            _tcp.Dispose();
            return;
        }

        await _stream.DisposeAsync();
        _tcp.Dispose();
    }

    /// <summary>Ends the connection without a word, as a device does that loses its network.</summary>
    public void Drop()
    {
        _tcp.Client.Close(0);
        _tcp.Dispose();
    }

    private static async Task<Stream> SecureAsync(TcpClient tcp, MqttEndpoint endpoint, CancellationToken cancel)
    {
        var secure = new SslStream(tcp.GetStream());
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (endpoint.Authority is { } authority)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.Add(authority);
        }

        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = endpoint.Host,
                ClientCertificates = [endpoint.Certificate!],
                CertificateChainPolicy = policy,
                // On the port of HTTPS AWS IoT tells MQTT by this name.
                ApplicationProtocols = endpoint.Port == 443 ? [new("x-amzn-mqtt-ca")] : null,
            },
            cancel);
        return secure;
    }

    private async Task GreetAsync(MqttEndpoint endpoint, string clientId, CancellationToken cancel)
    {
        var id = Encoding.UTF8.GetBytes(clientId);
        byte[] body = [0, 4, .. "MQTT"u8, 4, CleanSession, KeepAliveSeconds >> 8, KeepAliveSeconds & 0xFF, (byte)(id.Length >> 8), (byte)id.Length, .. id];
        await _stream.WriteAsync((byte[])[Connect, .. Length(body.Length), .. body], cancel);
        var answer = new byte[4];
        await _stream.ReadExactlyAsync(answer, cancel);
        if (answer is not [0x20, 2, _, 0])
            throw new UserError(ExitCode.Unavailable, $"The MQTT broker at {endpoint} refused {clientId}: {Refusals.ElementAtOrDefault(answer[3]) ?? $"it answered {Convert.ToHexString(answer)}"}.");
    }

    private async Task SendAsync(ushort id, string topic, ReadOnlyMemory<byte> payload, bool again, CancellationToken cancel)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var message = new ArrayBufferWriter<byte>(payload.Length + name.Length + 8);
        message.Write([(byte)(Publish | AtLeastOnce | (again ? 8 : 0)), .. Length(2 + name.Length + 2 + payload.Length), (byte)(name.Length >> 8), (byte)name.Length]);
        message.Write(name);
        message.Write([(byte)(id >> 8), (byte)id]);
        message.Write(payload.Span);
        try
        {
            await _stream.WriteAsync(message.WrittenMemory, cancel);
            await _stream.ReadExactlyAsync(_header.AsMemory(0, Acknowledged), cancel);
        }
        catch (IOException error)
        {
            throw new UserError(ExitCode.Failed, $"The MQTT broker closed the connection at a message on {topic}, as AWS IoT does when a policy or a limit forbids it: {error.Message}");
        }

        if (_header is not [0x40, 2, ..] || BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)) != id)
            throw new UserError(ExitCode.Failed, $"The MQTT broker answered {Convert.ToHexString(_header.AsSpan(0, Acknowledged))} to message {id}, and not that it took it.");
    }

    // Groups of seven bits, the lowest first.
    private static byte[] Length(int length)
    {
        List<byte> groups = [];
        do
        {
            groups.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. groups];
    }
}
