using System.Text.Json;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Writes the JSON values of one column, or of one part of a nested one, into DuckDB's vector for it.</summary>
internal abstract class ValueWriter
{
    private bool _nulls;

    protected DuckVector Vector { get; private set; }

    /// <summary>Starts on a new chunk.</summary>
    public void Begin(DuckVector vector)
    {
        _nulls = false;
        Vector = vector;
        OnBegin();
    }

    /// <summary>Goes on in the same chunk after the vector's memory has moved.</summary>
    public void Rebind(DuckVector vector)
    {
        Vector = vector;
        OnRebind();
    }

    /// <summary>Writes the value that the reader stands on and leaves the reader on its last token. A row may be written again.</summary>
    /// <exception cref="MalformedDataException">The value doesn't fit.</exception>
    public void Write(ref Utf8JsonReader json, int row)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            WriteNull(row);
            return;
        }

        if (_nulls)
            Vector.SetValid(row);
        WriteValue(ref json, row);
    }

    public virtual void WriteNull(int row)
    {
        _nulls = true;
        Vector.SetNull(row);
    }

    protected abstract void WriteValue(ref Utf8JsonReader json, int row);

    protected virtual void OnBegin()
    {
    }

    protected virtual void OnRebind()
    {
    }
}
