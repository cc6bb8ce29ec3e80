using Microsoft.Win32.SafeHandles;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>Hands out a sealed spool's frames in blocks, to as many threads as ask.</summary>
internal sealed class SpoolBlocks : IDisposable
{
    private const int BlockSize = 1 << 20;

    private readonly Lock _lock = new();
    private readonly SafeFileHandle _file;
    private long _at;

    public SpoolBlocks(string path, long start)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.SequentialScan);
        _at = start;
    }

    /// <summary>Reads whole frames into the buffer, which grows where one frame needs it.</summary>
    /// <returns>The frames; empty at the end.</returns>
    public ReadOnlyMemory<byte> Next(ref byte[] buffer)
    {
        lock (_lock)
        {
            if (buffer.Length < BlockSize)
                buffer = new byte[BlockSize];
            var read = RandomAccess.Read(_file, buffer, _at);
            if (read == 0)
                return default;
            var whole = WholeFrames(buffer.AsSpan(0, read), out var needed);
            if (whole == 0)
            {
                buffer = new byte[needed];
                whole = RandomAccess.Read(_file, buffer, _at);
            }

            _at += whole;
            return buffer.AsMemory(0, whole);
        }
    }

    public void Dispose() => _file.Dispose();

    private static int WholeFrames(ReadOnlySpan<byte> read, out int needed)
    {
        var whole = 0;
        needed = 0;
        while (read.Length - whole >= SpoolFrame.HeaderSize)
        {
            needed = SpoolFrame.ReadHeader(read[whole..]).Length;
            if (whole + needed > read.Length)
                break;
            whole += needed;
        }

        return whole;
    }
}
