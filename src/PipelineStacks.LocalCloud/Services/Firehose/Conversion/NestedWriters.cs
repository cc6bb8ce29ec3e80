using System.Text.Json;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Rows in a vector that other rows point into: a list's elements, a map's entries.</summary>
internal abstract class SequenceWriter : ValueWriter
{
    private int _capacity;

    /// <summary>How many elements the chunk has so far.</summary>
    protected int Size { get; private set; }

    public override void WriteNull(int row)
    {
        base.WriteNull(row);
        Vector.SetList(row, Size, 0);
    }

    protected abstract void BindElements(DuckVector elements, bool begin);

    protected override void OnBegin()
    {
        (Size, _capacity) = (0, DuckChunk.Capacity);
        Vector.GrowList(_capacity);
        BindElements(Vector.ListChild, begin: true);
    }

    protected override void OnRebind() => BindElements(Vector.ListChild, begin: false);

    /// <summary>The row of the next element.</summary>
    protected int Next()
    {
        if (Size == _capacity)
        {
            _capacity *= 2;
            Vector.GrowList(_capacity);
            BindElements(Vector.ListChild, begin: false);
        }

        return Size++;
    }
}

internal sealed class ListWriter(string column, DuckType type, ValueWriter element) : SequenceWriter
{
    protected override void BindElements(DuckVector elements, bool begin)
    {
        if (begin)
            element.Begin(elements);
        else
            element.Rebind(elements);
    }

    protected override void WriteValue(ref Utf8JsonReader json, int row)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw Mismatch.Of(ref json, column, type);
        var start = Size;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            element.Write(ref json, Next());
        Vector.SetList(row, start, Size - start);
    }
}

internal sealed class MapWriter(string column, DuckType type, StringWriter key, ValueWriter value) : SequenceWriter
{
    protected override void BindElements(DuckVector elements, bool begin)
    {
        if (begin)
        {
            key.Begin(elements.Field(0));
            value.Begin(elements.Field(1));
        }
        else
        {
            key.Rebind(elements.Field(0));
            value.Rebind(elements.Field(1));
        }
    }

    protected override void WriteValue(ref Utf8JsonReader json, int row)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw Mismatch.Of(ref json, column, type);
        var start = Size;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var entry = Next();
            key.Write(ref json, entry);
            json.Read();
            value.Write(ref json, entry);
        }

        Vector.SetList(row, start, Size - start);
    }
}

internal sealed class StructWriter(string column, DuckType type, ObjectFields fields) : ValueWriter
{
    public override void WriteNull(int row)
    {
        base.WriteNull(row);
        fields.WriteNulls(row);
    }

    protected override void OnBegin()
    {
        for (var i = 0; i < fields.Count; i++)
            fields[i].Begin(Vector.Field(i));
    }

    protected override void OnRebind()
    {
        for (var i = 0; i < fields.Count; i++)
            fields[i].Rebind(Vector.Field(i));
    }

    protected override void WriteValue(ref Utf8JsonReader json, int row)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            throw Mismatch.Of(ref json, column, type);
        fields.Write(ref json, row);
    }
}
