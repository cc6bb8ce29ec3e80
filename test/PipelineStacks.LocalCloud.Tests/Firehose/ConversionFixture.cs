using System.Text;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Firehose.Conversion;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;

namespace PipelineStacks.LocalCloud.Tests.Firehose;

/// <summary>Converts records as a delivery does, from a spool to Parquet, and reads the result back.</summary>
public sealed class ConversionFixture : IDisposable
{
    internal static readonly JsonRules OpenX = new(
        true, true, false, new Dictionary<string, string>(), TimestampForms.Sql | TimestampForms.Iso | TimestampForms.Epoch);

    internal static readonly JsonRules Hive = new(false, true, false, new Dictionary<string, string>(), TimestampForms.Sql);

    private readonly string _folder = Directory.CreateTempSubdirectory("conversion-").FullName;
    private readonly DuckDatabase _database = new(new DuckOptions { PreserveInsertionOrder = false });
    private int _files;

    /// <summary>The value of one column as DuckDB prints it, null, or the code of the failure.</summary>
    internal string? One(string type, string json, JsonRules rules)
    {
        var (rows, failures) = Convert([("v", type)], rules, [Encoding.UTF8.GetBytes($$"""{"v": {{json}}}""")]);
        return failures is [var failure] ? failure.Failure.Code : rows.ShouldHaveSingleItem() is "∅" ? null : rows[0];
    }

    internal (IReadOnlyList<string> Rows, IReadOnlyList<Failed> Failures) Convert(
        (string Name, string Type)[] columns, JsonRules rules, IReadOnlyList<byte[]> records)
    {
        var path = Path.Combine(_folder, $"{++_files}");
        using var spool = SpoolFile.Create(path + ".spool", new Dictionary<string, long>());
        foreach (var batch in records.Chunk(777))
            spool.Append(new([.. batch.Select(record => new SourceRecord(DateTimeOffset.UnixEpoch, "49", record))]));
        using var blocks = new SpoolBlocks(spool.Path, spool.Start);
        var failures = new Failures();
        var conversion = new ParquetConversion(
            blocks, [.. columns.Select(column => new DuckColumn(column.Name, HiveTypes.Parse(column.Type)))], rules, 2, failures);
        using var connection = _database.Connect();
        conversion.WriteTo(connection, path + ".parquet", "snappy");
        conversion.Records.ShouldBe(records.Count - failures.All.Count);

        using var result = connection.Query($"FROM read_parquet({Sql.Literal(path + ".parquet")})");
        var rows = new List<string>();
        while (result.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, columns.Length).Select(i => result.GetText(i) ?? "∅")));
        return (rows, failures.All);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Failures : IFailedRecords
    {
        public List<Failed> All { get; } = [];

        public void Add(SpooledRecord record, ConversionFailure failure)
        {
            lock (All)
                All.Add(new(record.Data.ToArray(), failure));
        }
    }
}

internal sealed record Failed(byte[] Data, ConversionFailure Failure);
