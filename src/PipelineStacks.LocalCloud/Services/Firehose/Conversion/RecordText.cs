namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>The bytes of the record that is being read, for values that are kept as their JSON.</summary>
internal sealed unsafe class RecordText
{
    private byte* _start;
    private int _length;

    public ReadOnlySpan<byte> Span => new(_start, _length);

    /// <summary>The bytes must stay where they are while the record is read.</summary>
    public void Set(byte* start, int length)
    {
        _start = start;
        _length = length;
    }
}
