using System.Globalization;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.S3.Checksums;

/// <summary>
/// The content of an <c>aws-chunked</c> body: chunks of <c>size[;chunk-signature=…]\r\n data \r\n</c>, an empty one last, then
/// trailing headers. Signatures are not checked, as nowhere in this cloud.
/// </summary>
internal sealed class AwsChunkedStream(Stream body) : Stream
{
    private const int LongestLine = 16 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _chunkLeft;
    private State _state = State.Size;

    private enum State
    {
        Size,
        Data,
        End,
    }

    /// <summary>The headers behind the content, in lower case. Complete when the content has been read to its end.</summary>
    public Dictionary<string, string> Trailers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            switch (_state)
            {
                case State.End:
                    return 0;
                case State.Size:
                    _chunkLeft = SizeOf(await ReadLineAsync(cancellationToken));
                    _state = State.Data;
                    if (_chunkLeft > 0)
                        break;
                    await ReadTrailersAsync(cancellationToken);
                    _state = State.End;
                    return 0;
                default:
                    if (_start == _end && !await FillAsync(cancellationToken))
                        throw S3Errors.IncompleteBody();
                    var count = (int)Math.Min(Math.Min(_chunkLeft, _end - _start), buffer.Length);
                    _buffer.AsSpan(_start, count).CopyTo(buffer.Span);
                    _start += count;
                    _chunkLeft -= count;
                    if (_chunkLeft > 0)
                        return count;
                    if (await ReadLineAsync(cancellationToken) is not "")
                        throw Malformed();
                    _state = State.Size;
                    return count;
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static S3Exception Malformed() => new("InvalidChunkSizeError", "The chunked body is malformed.", 400);

    private static long SizeOf(string? line)
    {
        if (line is null)
            throw S3Errors.IncompleteBody();
        var digits = line.AsSpan()[..(line.IndexOf(';', StringComparison.Ordinal) is var at and >= 0 ? at : line.Length)];
        return long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) && size >= 0
            ? size
            : throw Malformed();
    }

    private async ValueTask ReadTrailersAsync(CancellationToken cancellation)
    {
        while (await ReadLineAsync(cancellation) is { } line)
        {
            // Clients end the last trailer in different ways: with an empty line, with none, with a signature as one more.
            if (line.Length > 0 && line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                Trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }
    }

    private async ValueTask<string?> ReadLineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellation))
                return line.Length == 0 ? null : line.ToString().TrimEnd('\r');
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var length = found < 0 ? _end - _start : found;
            line.Append(Encoding.Latin1.GetString(_buffer, _start, length));
            _start += found < 0 ? length : length + 1;
            if (found >= 0)
                return line.ToString().TrimEnd('\r');
            if (line.Length > LongestLine)
                throw Malformed();
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        _start = 0;
        _end = await body.ReadAsync(_buffer, cancellation);
        return _end > 0;
    }
}
