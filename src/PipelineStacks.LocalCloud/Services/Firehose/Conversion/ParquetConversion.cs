using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>
/// A spool's records as rows for DuckDB, which asks for them chunk by chunk while it writes Parquet: neither the records nor the
/// rows of a buffer are ever in memory as a whole.
/// </summary>
internal sealed class ParquetConversion(SpoolBlocks blocks, IReadOnlyList<DuckColumn> columns, JsonRules rules, int threads, IFailedRecords failed)
    : IChunkSource
{
    private long _records;
    private long _bytes;

    public IReadOnlyList<DuckColumn> Columns => columns;

    public int MaxThreads => threads;

    public long Records => _records;

    public long Bytes => _bytes;

    /// <summary>Writes the records that can be converted to a Parquet file.</summary>
    /// <returns>The rows in it.</returns>
    public long WriteTo(DuckConnection connection, string file, string codec)
    {
        using var scan = new ChunkScan(this);
        try
        {
            return connection.Execute($"COPY (SELECT * FROM {scan.Sql}) TO {Sql.Literal(file)} (FORMAT parquet, COMPRESSION {codec})");
        }
        catch (DuckException) when (scan.Failure is not null)
        {
            throw scan.Failure;
        }
    }

    public IChunkReader Open() => new Reader(this);

    private sealed class Reader(ParquetConversion conversion) : IChunkReader
    {
        private readonly RecordConverter _converter = new(conversion.Columns, conversion.Rules);
        private byte[] _buffer = [];
        private SpoolCursor _cursor;
        private bool _pending;
        private int _skip;
        private long _records;
        private long _bytes;

        public int Fill(DuckChunk chunk)
        {
            _converter.Begin(chunk);
            var row = 0;
            while (row < DuckChunk.Capacity && (_pending || MoveNext()))
            {
                var record = _cursor.Current;
                var written = _converter.Convert(record.Data, row, _skip, out var failure);
                _pending = written == RecordConverter.Full;
                if (_pending && row > 0)
                    return row;
                if (_pending && FillWith(record))
                    return DuckChunk.Capacity;
                if (written == RecordConverter.Full)
                    continue;
                _skip = 0;
                row += written;
                Count(record, failure);
            }

            return row;
        }

        public void Dispose()
        {
            Interlocked.Add(ref conversion._records, _records);
            Interlocked.Add(ref conversion._bytes, _bytes);
        }

        private bool MoveNext()
        {
            while (!_cursor.MoveNext())
            {
                var block = conversion.Blocks.Next(ref _buffer);
                if (block.IsEmpty)
                    return false;
                _cursor = new(block);
            }

            return true;
        }

        // A record of more objects than a chunk has rows: it is tried as a whole first, since all of it counts or nothing.
        private bool FillWith(SpooledRecord record)
        {
            if (_skip == 0)
            {
                if (_converter.Check(record.Data) is { } failure)
                {
                    _pending = false;
                    Count(record, failure);
                    return false;
                }

                _converter.Convert(record.Data, 0, 0, out _);
            }

            _skip += DuckChunk.Capacity;
            return true;
        }

        private void Count(SpooledRecord record, ConversionFailure? failure)
        {
            if (failure is not null)
            {
                conversion.Failed.Add(record, failure);
                return;
            }

            _records++;
            _bytes += record.Data.Length;
        }
    }

    private JsonRules Rules => rules;

    private SpoolBlocks Blocks => blocks;

    private IFailedRecords Failed => failed;
}

/// <summary>Where records go that can't be converted. Called by several threads.</summary>
internal interface IFailedRecords
{
    void Add(SpooledRecord record, ConversionFailure failure);
}
