using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PipelineStacks.Benchmarks;

/// <summary>
/// One kept-alive connection that sends requests made beforehand and reads answers as far as it must: the same for every
/// server, and cheap enough that it is the server that is measured.
/// </summary>
internal sealed class RawHttpClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[256 * 1024];

    public RawHttpClient(Uri endpoint) => _socket.Connect(IPAddress.Loopback, endpoint.Port);

    /// <summary>A whole request for an operation of an AWS JSON service.</summary>
    public static byte[] Request(Uri endpoint, string target, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var service = target[..target.IndexOf('_', StringComparison.Ordinal)].ToLowerInvariant();
        var head = Encoding.ASCII.GetBytes(
            $"POST / HTTP/1.1\r\nHost: {endpoint.Authority}\r\nX-Amz-Target: {target}\r\nContent-Type: application/x-amz-json-1.1\r\n"
            + "X-Amz-Date: 20261120T090000Z\r\n"
            + $"Authorization: AWS4-HMAC-SHA256 Credential=test/20261120/eu-west-1/{service}/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n");
        return [.. head, .. body];
    }

    /// <summary>Sends a request and waits for the answer's body, which is valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The answer is not 200.</exception>
    public ReadOnlySpan<byte> Send(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
            request = request[_socket.Send(request)..];
        var have = 0;
        int head;
        while ((head = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0)
            have += Receive(have);
        var headers = _buffer.AsSpan(0, head + 2);
        var ok = headers.StartsWith("HTTP/1.1 200"u8);
        var start = head + 4;
        var end = start + ContentLength(headers);
        if (end > _buffer.Length)
            Array.Resize(ref _buffer, end);
        while (have < end)
            have += Receive(have);
        var body = _buffer.AsSpan(start, end - start);
        return ok ? body : throw new InvalidOperationException(Encoding.UTF8.GetString(_buffer.AsSpan(0, end)));
    }

    public void Dispose() => _socket.Dispose();

    private int Receive(int at)
    {
        if (at == _buffer.Length)
            Array.Resize(ref _buffer, at * 2);
        return _socket.Receive(_buffer.AsSpan(at)) is > 0 and var read ? read : throw new IOException("The server closed the connection.");
    }

    private static int ContentLength(ReadOnlySpan<byte> headers)
    {
        foreach (var line in headers.Split("\r\n"u8))
        {
            var header = headers[line];
            if (header.Length > 15 && Ascii.EqualsIgnoreCase(header[..15], "content-length:"u8)
                && Utf8Parser.TryParse(header[15..].Trim((byte)' '), out int length, out _))
                return length;
        }

        throw new InvalidOperationException("An answer without Content-Length: " + Encoding.ASCII.GetString(headers));
    }
}
