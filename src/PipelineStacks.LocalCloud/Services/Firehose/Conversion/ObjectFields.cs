using System.Text;
using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>
/// The fields of a JSON object as columns: of the record itself, or of a struct. Unknown keys are skipped, missing ones are null,
/// of a key that comes twice the last counts.
/// </summary>
internal sealed class ObjectFields
{
    private const int Unknown = -1;

    private readonly ValueWriter[] _writers;
    private readonly byte[][] _keys;
    private readonly bool _ignoreCase;
    private readonly bool _dots;

    // In which order keys came last: objects of a stream look alike, so the guess is nearly always right and saves the search.
    private readonly List<(byte[] Key, int Field)> _order = [];

    // Which object last wrote each field.
    private readonly long[] _written;
    private long _objects;

    public ObjectFields(IReadOnlyList<(string Key, ValueWriter Writer)> fields, JsonRules rules)
    {
        _writers = [.. fields.Select(field => field.Writer)];
        _keys = [.. fields.Select(field => Encoding.UTF8.GetBytes(field.Key))];
        _written = new long[_writers.Length];
        (_ignoreCase, _dots) = (rules.CaseInsensitive, rules.DotsToUnderscores);
    }

    public int Count => _writers.Length;

    public ValueWriter this[int index] => _writers[index];

    public void WriteNulls(int row)
    {
        foreach (var writer in _writers)
            writer.WriteNull(row);
    }

    /// <summary>Writes the object that the reader stands on the start of.</summary>
    public void Write(ref Utf8JsonReader json, int row)
    {
        var stamp = ++_objects;
        var found = 0;
        for (var position = 0; json.Read() && json.TokenType != JsonTokenType.EndObject; position++)
        {
            var field = Find(ref json, position);
            json.Read();
            if (field == Unknown)
            {
                json.Skip();
                continue;
            }

            _writers[field].Write(ref json, row);
            if (_written[field] != stamp)
                found++;
            _written[field] = stamp;
        }

        if (found == _writers.Length)
            return;
        for (var i = 0; i < _writers.Length; i++)
        {
            if (_written[i] != stamp)
                _writers[i].WriteNull(row);
        }
    }

    private int Find(ref Utf8JsonReader json, int position)
    {
        if (json.ValueIsEscaped)
            return Search(Encoding.UTF8.GetBytes(json.GetString()!));
        if (position < _order.Count && json.ValueSpan.SequenceEqual(_order[position].Key))
            return _order[position].Field;
        var field = Search(json.ValueSpan);
        // A bound on the memory that objects with ever new keys could take.
        if (position < _order.Count)
            _order[position] = (json.ValueSpan.ToArray(), field);
        else if (position == _order.Count && position < 1000)
            _order.Add((json.ValueSpan.ToArray(), field));
        return field;
    }

    private int Search(ReadOnlySpan<byte> key)
    {
        if (_dots && key.Contains((byte)'.'))
        {
            var replaced = new byte[key.Length];
            key.Replace(replaced, (byte)'.', (byte)'_');
            key = replaced;
        }

        for (var i = 0; i < _keys.Length; i++)
        {
            if (key.SequenceEqual(_keys[i]) || (_ignoreCase && Ascii.EqualsIgnoreCase(key, _keys[i])))
                return i;
        }

        return Unknown;
    }
}
