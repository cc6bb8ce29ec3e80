using System.Text;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Tests.DuckDb;

public sealed class DuckVectorTests : IDisposable
{
    private readonly DuckDatabase _database = new();
    private readonly DuckConnection _connection;

    public DuckVectorTests() => _connection = _database.Connect();

    [Fact]
    public void Appender_OfManyChunks_AppendsEveryValueAndNull()
    {
        _connection.Execute("CREATE TABLE t (i INTEGER, s VARCHAR, t TIMESTAMP, d DECIMAL(9,2))");
        using (var appender = new DuckAppender(_connection, "t"))
        {
            for (var start = 0; start < 10_000; start += 1000)
            {
                var chunk = appender.Chunk;
                var (i, s, at, d) = (chunk[0], chunk[1], chunk[2], chunk[3]);
                for (var row = 0; row < 1000; row++)
                {
                    if (row % 3 == 0)
                        i.SetNull(row);
                    else
                        i.Set(row, start + row);
                    s.SetUtf8(row, Encoding.UTF8.GetBytes(row % 2 == 0 ? $"s{row}" : $"a text longer than twelve bytes {row}"));
                    at.Set(row, 1_000_000L * (start + row));
                    d.Set(row, row);
                }

                appender.Append(1000);
            }

            appender.Complete();
        }

        using var result = _connection.Query(
            "SELECT count(*), count(i), count(DISTINCT s), max(t), sum(d) FROM t WHERE i IS NULL OR i = epoch(t)::INTEGER");
        result.Read().ShouldBeTrue();
        string.Join("|", Enumerable.Range(0, 5).Select(result.GetText)).ShouldBe("10000|6660|1000|1970-01-01 02:46:39|49950.00");
    }

    [Fact]
    public void Appender_ToAMissingTable_Fails() =>
        Should.Throw<DuckException>(() => new DuckAppender(_connection, "missing")).Message.ShouldContain("missing");

    [Fact]
    public void Scan_ByTwoThreads_DeliversEveryRowOnce()
    {
        using var scan = new ChunkScan(new Numbers(500_000, 2));
        using var result = _connection.Query($"SELECT count(*), count(DISTINCT n), sum(len(l)), max(m['k']), max(s.a) FROM {scan.Sql}");
        result.Read().ShouldBeTrue();
        string.Join("|", Enumerable.Range(0, 5).Select(result.GetText)).ShouldBe("500000|500000|500000|7|499999");
    }

    [Fact]
    public void Scan_IntoParquet_KeepsTheTypes()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("duck-").FullName, "it's.parquet");
        using (var scan = new ChunkScan(new Numbers(5000, 1)))
            _connection.Execute($"COPY (SELECT * FROM {scan.Sql}) TO {Sql.Literal(file)} (FORMAT parquet, COMPRESSION snappy)").ShouldBe(5000);
        _connection.Scalar($"SELECT string_agg(DISTINCT column_type, ',' ORDER BY column_type) FROM (DESCRIBE FROM {Sql.Literal(file)})")
            .ShouldBe("BIGINT,INTEGER[],MAP(VARCHAR, INTEGER),STRUCT(a BIGINT)");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void Scan_WhoseReaderFails_FailsTheStatementAndKeepsTheReason()
    {
        using var scan = new ChunkScan(new Numbers(-1, 1));
        Should.Throw<DuckException>(() => _connection.Execute($"SELECT count(*) FROM {scan.Sql}")).Message.ShouldContain("no rows today");
        scan.Failure.ShouldBeOfType<InvalidOperationException>();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private sealed class Numbers(int count, int threads) : IChunkSource
    {
        private int _next;

        public IReadOnlyList<DuckColumn> Columns { get; } =
        [
            new("n", DuckType.BigInt), new("l", DuckType.List(DuckType.Integer)), new("m", DuckType.Map(DuckType.Varchar, DuckType.Integer)),
            new("s", DuckType.Struct(new DuckField("a", DuckType.BigInt))),
        ];

        public int MaxThreads => threads;

        public IChunkReader Open() => new Reader(this);

        private sealed class Reader(Numbers numbers) : IChunkReader
        {
            public int Fill(DuckChunk chunk)
            {
                if (numbers.Count < 0)
                    throw new InvalidOperationException("no rows today");
                var from = Interlocked.Add(ref numbers._next, 1000) - 1000;
                var rows = Math.Clamp(numbers.Count - from, 0, 1000);
                var (n, l, m, s) = (chunk[0], chunk[1], chunk[2], chunk[3].Field(0));
                l.GrowList(rows);
                m.GrowList(rows);
                for (var row = 0; row < rows; row++)
                {
                    n.Set(row, (long)from + row);
                    l.SetList(row, row, 1);
                    l.ListChild.Set(row, row);
                    m.SetList(row, row, 1);
                    m.ListChild.Field(0).SetUtf8(row, "k"u8);
                    m.ListChild.Field(1).Set(row, 7);
                    s.Set(row, (long)from + row);
                }

                return rows;
            }

            public void Dispose()
            {
            }
        }

        private int Count => count;
    }
}
