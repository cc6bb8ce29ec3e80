using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>
/// The DuckDB that writes Parquet, opened when it is first needed. It is apart from the one that answers queries, since it gives
/// the order of rows up, which queries don't expect and which lets two threads write one file.
/// </summary>
internal sealed class ConversionEngine(DataDirectory data) : IDisposable
{
    private const int Threads = 2;

    private readonly Lazy<DuckDatabase> _database = new(() => new DuckDatabase(new DuckOptions(
        MemoryLimit: "256MB", Threads: Threads, TempDirectory: data.Folder("tmp", "conversion"), PreserveInsertionOrder: false)));

    /// <summary>Converts a spool's records. One thread of the caller's and DuckDB's own work on it.</summary>
    public ConvertedRecords Convert(SpoolFile spool, ConversionPlan plan, string file, IFailedRecords failed)
    {
        using var blocks = new SpoolBlocks(spool.Path, spool.Start);
        using var connection = _database.Value.Connect();
        var conversion = new ParquetConversion(blocks, plan.Columns, plan.Rules, Threads, failed);
        var rows = conversion.WriteTo(connection, file, plan.Codec);
        return new(rows, conversion.Records, conversion.Bytes);
    }

    public void Dispose()
    {
        if (_database.IsValueCreated)
            _database.Value.Dispose();
    }
}

/// <param name="Rows">More than the records where records had several objects.</param>
/// <param name="Bytes">The records' own size.</param>
internal readonly record struct ConvertedRecords(long Rows, long Records, long Bytes);
