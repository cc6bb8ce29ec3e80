using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PipelineStacks.Benchmarks;

/// <summary>A device that speaks just enough MQTT 3.1.1 to publish fast: what is measured is the broker, not its client.</summary>
internal sealed class MqttDevice : IDisposable
{
    private const int Window = 1_000;

    private readonly TcpClient _connection;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _open = new(Window, Window);
    private ushort _id;

    private MqttDevice(TcpClient connection) => (_connection, _stream) = (connection, connection.GetStream());

    public static async Task<MqttDevice> ConnectAsync(int port, string clientId)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(IPAddress.Loopback, port);
        var device = new MqttDevice(connection);
        byte[] connect = [0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, (byte)clientId.Length, .. Encoding.ASCII.GetBytes(clientId)];
        await device._stream.WriteAsync((byte[])[0x10, (byte)connect.Length, .. connect]);
        var answer = new byte[4];
        await device._stream.ReadExactlyAsync(answer);
        return answer is [0x20, 2, _, 0] ? device : throw new InvalidOperationException($"The broker refused {clientId}.");
    }

    /// <summary>Publishes with QoS 1 and returns when all are acknowledged.</summary>
    public async Task PublishAsync(string topic, int count)
    {
        var acknowledged = ReadAsync(count);
        var random = new Random(42);
        var chunk = new MemoryStream();
        for (var sent = 0; sent < count;)
        {
            chunk.SetLength(0);
            for (var i = 0; i < 100 && sent < count; i++, sent++)
            {
                await _open.WaitAsync();
                Write(chunk, topic, random);
            }

            await _stream.WriteAsync(chunk.GetBuffer().AsMemory(0, (int)chunk.Length));
        }

        await acknowledged;
    }

    /// <summary>Subscribes, and returns what ends when so many messages have come.</summary>
    public async Task<Task> ReceiveAsync(string filter, int count)
    {
        byte[] subscribe = [0, 1, 0, (byte)filter.Length, .. Encoding.ASCII.GetBytes(filter), 0];
        await _stream.WriteAsync((byte[])[0x82, (byte)subscribe.Length, .. subscribe]);
        var answer = new byte[5];
        await _stream.ReadExactlyAsync(answer);
        return answer is [0x90, 3, 0, 1, 0] ? CountAsync(count) : throw new InvalidOperationException($"The broker refused the subscription to {filter}.");
    }

    public void Dispose()
    {
        _open.Dispose();
        _connection.Dispose();
    }

    private void Write(MemoryStream chunk, string topic, Random random)
    {
        var payload = Encoding.ASCII.GetBytes(
            $$"""{"temperature":{{random.Next(-200, 450) / 10.0:0.0}},"humidity":{{random.Next(100)}},"recorded_at":"2026-11-20T09:00:00.000Z","battery":{{random.Next(100)}},"firmware":"1.4.2","location":{"latitude":47.615694,"longitude":-122.3359976},"status":"ok"}""");
        var length = 2 + topic.Length + 2 + payload.Length;
        Span<byte> number = stackalloc byte[2];
        chunk.WriteByte(0x32);
        // The length in groups of seven bits.
        chunk.WriteByte((byte)((length & 0x7f) | 0x80));
        chunk.WriteByte((byte)(length >> 7));
        BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)topic.Length);
        chunk.Write(number);
        chunk.Write(Encoding.ASCII.GetBytes(topic));
        _id = (ushort)(_id == ushort.MaxValue ? 1 : _id + 1);
        BinaryPrimitives.WriteUInt16BigEndian(number, _id);
        chunk.Write(number);
        chunk.Write(payload);
    }

    // Each message is a type, its length in groups of seven bits, and that many bytes.
    private async Task CountAsync(int count)
    {
        var buffer = new byte[256 * 1024];
        var (kept, received) = (0, 0);
        while (received < count)
        {
            var read = await _stream.ReadAsync(buffer.AsMemory(kept));
            if (read == 0)
                throw new InvalidOperationException("The broker closed the subscriber's connection.");
            kept += read;
            var at = 0;
            while (Length(buffer.AsSpan(at, kept - at)) is var length and > 0 && at + length <= kept)
                (at, received) = (at + length, received + 1);
            buffer.AsSpan(at, kept - at).CopyTo(buffer);
            kept -= at;
        }
    }

    private static int Length(ReadOnlySpan<byte> packet)
    {
        var length = 0;
        for (var i = 1; i < packet.Length; i++)
        {
            length |= (packet[i] & 0x7f) << (7 * (i - 1));
            if (packet[i] < 0x80)
                return 1 + i + length;
        }

        return 0;
    }

    // An acknowledgement has four bytes.
    private async Task ReadAsync(int count)
    {
        var buffer = new byte[16 * 1024];
        var (bytes, done) = (0L, 0);
        while (done < count)
        {
            var read = await _stream.ReadAsync(buffer);
            if (read == 0)
                throw new InvalidOperationException("The broker closed the connection.");
            bytes += read;
            var now = (int)(bytes / 4);
            if (now > done)
                _open.Release(now - done);
            done = now;
        }
    }
}
