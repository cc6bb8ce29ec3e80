using System.Buffers.Text;
using System.Text;

namespace PipelineStacks.Cli.Templates;

/// <summary>UTF-8 bytes that grow at the end: records are written into it without becoming strings first.</summary>
internal sealed class RecordBuffer(int capacity = 64 * 1024)
{
    private byte[] _bytes = new byte[capacity];

    /// <summary>How much is written; setting it lower drops what was written after.</summary>
    public int Length { get; set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Slice(int start, int length) => _bytes.AsMemory(start, length);

    public Span<byte> GetSpan(int size)
    {
        if (_bytes.Length - Length < size)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + size));
        return _bytes.AsSpan(Length);
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(GetSpan(utf8.Length));
        Length += utf8.Length;
    }

    public void Append(byte value)
    {
        GetSpan(1)[0] = value;
        Length++;
    }

    public void Append(ReadOnlySpan<char> text) => Length += Encoding.UTF8.GetBytes(text, GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length)));

    public void Append(long number)
    {
        Utf8Formatter.TryFormat(number, GetSpan(20), out var written);
        Length += written;
    }

    /// <summary>A number with at least so many digits, zeros in front.</summary>
    public void Append(long number, byte digits)
    {
        Utf8Formatter.TryFormat(number, GetSpan(40), out var written, new System.Buffers.StandardFormat('D', digits));
        Length += written;
    }
}
