using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Win32.SafeHandles;

namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>
/// A file of entries, one a line: a CRC-32C in hexadecimal, a space, JSON. An entry is in it when its line is written whole; a
/// line that a killed process left unfinished at the end is cut off when the journal is opened.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const int CrcLength = 9;
    private readonly string _path;
    private readonly ArrayBufferWriter<byte> _line = new(1024);
    private SafeFileHandle _file;

    private Journal(string path, SafeFileHandle file, long length) => (_path, _file, Length) = (path, file, length);

    public long Length { get; private set; }

    /// <exception cref="InvalidDataException">A line inside the journal is damaged.</exception>
    public static Journal Open(string path, Action<JournalEntry> replay)
    {
        var length = File.Exists(path) ? Replay(path, replay) : 0;
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.SetLength(file, length);
        return new(path, file, length);
    }

    /// <summary>Not for several threads at once.</summary>
    public void Append(JournalEntry entry)
    {
        _line.ResetWrittenCount();
        WriteLine(_line, entry);
        try
        {
            RandomAccess.Write(_file, _line.WrittenSpan, Length);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file, Length);
            throw;
        }

        Length += _line.WrittenCount;
    }

    /// <summary>Replaces the journal by one that leads to the same contents.</summary>
    public void Rewrite(IEnumerable<JournalEntry> entries)
    {
        var next = _path + ".next";
        long length = 0;
        using (var file = File.OpenHandle(next, FileMode.Create, FileAccess.Write))
        {
            var buffer = new ArrayBufferWriter<byte>(256 * 1024);
            foreach (var entry in entries)
            {
                WriteLine(buffer, entry);
                if (buffer.WrittenCount > 128 * 1024)
                    Flush();
            }

            Flush();

            void Flush()
            {
                RandomAccess.Write(file, buffer.WrittenSpan, length);
                length += buffer.WrittenCount;
                buffer.ResetWrittenCount();
            }
        }

        _file.Dispose();
        File.Move(next, _path, overwrite: true);
        _file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        Length = length;
    }

    public void Dispose() => _file.Dispose();

    private static void WriteLine(ArrayBufferWriter<byte> output, JournalEntry entry)
    {
        var start = output.WrittenCount;
        output.GetSpan(CrcLength)[..CrcLength].Fill((byte)' ');
        output.Advance(CrcLength);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = Json.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(json, entry, Json);
        var line = MemoryMarshal.AsMemory(output.WrittenMemory).Span[start..];
        Utf8Formatter.TryFormat(Crc(line[CrcLength..]), line, out _, new StandardFormat('x', 8));
        output.Write("\n"u8);
    }

    private static long Replay(string path, Action<JournalEntry> replay)
    {
        using var file = File.OpenHandle(path);
        var buffer = new byte[256 * 1024];
        long offset = 0, broken = -1;
        for (var filled = 0; ;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(filled), offset + filled);
            filled += read;
            var used = 0;
            while (buffer.AsSpan(used, filled - used).IndexOf((byte)'\n') is var end and >= 0)
            {
                if (!TryRead(buffer.AsSpan(used, end), out var entry))
                    broken = broken < 0 ? offset + used : broken;
                else if (broken >= 0)
                    throw new InvalidDataException($"The journal {path} is damaged at byte {broken}.");
                else
                    replay(entry);
                used += end + 1;
            }

            offset += used;
            filled -= used;
            buffer.AsSpan(used, filled).CopyTo(buffer);
            if (read == 0)
                return broken < 0 ? offset : broken;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> line, out JournalEntry entry)
    {
        entry = null!;
        if (line.Length < CrcLength || !Utf8Parser.TryParse(line[..8], out uint crc, out var digits, 'x') || digits != 8
            || crc != Crc(line[CrcLength..]))
            return false;
        entry = JsonSerializer.Deserialize<JournalEntry>(line[CrcLength..], Json)!;
        return true;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
