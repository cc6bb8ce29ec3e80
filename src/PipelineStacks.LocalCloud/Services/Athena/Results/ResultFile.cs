using System.Text;

namespace PipelineStacks.LocalCloud.Services.Athena.Results;

/// <summary>
/// A result as it lies in the bucket: every value in quotes and nulls empty, or for statements other than queries plain lines.
/// </summary>
internal static class ResultFile
{
    public static void WriteRow(TextWriter writer, IEnumerable<string?> values)
    {
        var first = true;
        foreach (var value in values)
        {
            if (!first)
                writer.Write(',');
            first = false;
            if (value is null)
                continue;
            writer.Write('"');
            writer.Write(value.Replace("\"", "\"\"", StringComparison.Ordinal));
            writer.Write('"');
        }

        writer.Write('\n');
    }

    /// <summary>Some rows from a place in the file on.</summary>
    /// <returns>The rows, and where the next one begins; null at the end.</returns>
    public static (IReadOnlyList<IReadOnlyList<string?>> Rows, long? Next) ReadRows(string file, long start, int count)
    {
        using var stream = new BufferedStream(File.OpenRead(file), 1 << 16);
        stream.Position = start;
        var rows = new List<IReadOnlyList<string?>>();
        while (rows.Count < count && ReadRow(stream) is { } row)
            rows.Add(row);
        return (rows, stream.Position < stream.Length ? stream.Position : null);
    }

    public static (IReadOnlyList<IReadOnlyList<string?>> Rows, long? Next) ReadLines(string file, long start, int count)
    {
        var lines = File.ReadLines(file).Skip((int)start).Take(count + 1).ToList();
        return ([.. lines.Take(count).Select(line => (IReadOnlyList<string?>)[line])], lines.Count > count ? start + count : null);
    }

    private static List<string?>? ReadRow(BufferedStream stream)
    {
        if (stream.Position >= stream.Length)
            return null;
        var row = new List<string?>();
        while (true)
        {
            var first = stream.ReadByte();
            var (value, end) = first is '"' ? Quoted(stream) : (null, first);
            row.Add(value);
            if (end is not ',')
                return row;
        }
    }

    /// <summary>A value in quotes, of which the opening one has been read, and the character after it.</summary>
    private static (string Value, int End) Quoted(BufferedStream stream)
    {
        var value = new List<byte>();
        while (true)
        {
            var next = stream.ReadByte();
            if (next is '"')
            {
                // A doubled quote is one that belongs to the value.
                var after = stream.ReadByte();
                if (after is not '"')
                    return (Encoding.UTF8.GetString([.. value]), after);
            }

            if (next < 0)
                throw new InvalidDataException("The result file ends inside of a value.");
            value.Add((byte)next);
        }
    }
}
