using System.Text;
using PipelineStacks.LocalCloud.Services.Kinesis.Log;

namespace PipelineStacks.LocalCloud.Tests.Kinesis;

public sealed class ShardLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shard-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(19, 2)] // Within the header.
    [InlineData(25, 2)] // Within the data.
    [InlineData(26, 2)]
    [InlineData(27, 3)] // All of it was written.
    public void Log_WithATornTail_KeepsEveryWholeRecord(int written, int kept)
    {
        var torn = Record("tail", "key");
        using (var log = new ShardLog(_folder))
        {
            log.Append(Record("one", "k"));
            log.Append(Record("two", "k"));
        }

        using (var file = File.OpenWrite(Files().Single()))
        {
            file.Seek(0, SeekOrigin.End);
            file.Write(torn.AsSpan(0, written));
        }

        using var opened = new ShardLog(_folder);
        opened.NextIndex.ShouldBe(kept);
        opened.Append(Record("next", "k")).ShouldBe(kept);
        Read(opened, 0).ShouldBe(kept == 2 ? ["one", "two", "next"] : ["one", "two", "tail", "next"]);
    }

    [Fact]
    public void Log_WithBytesFlippedInItsTail_DropsFromThereOn()
    {
        using (var log = new ShardLog(_folder))
        {
            log.Append(Record("one", "k"));
            log.Append(Record("two", "k"));
        }

        var file = Files().Single();
        var bytes = File.ReadAllBytes(file);
        bytes[^2] ^= 1;
        File.WriteAllBytes(file, bytes);

        using var opened = new ShardLog(_folder);
        Read(opened, 0).ShouldBe(["one"]);
    }

    [Fact]
    public void Log_OverSeveralSegments_FindsEveryIndexAndTimeBeforeAndAfterOpening()
    {
        const int size = 1_000_000;
        const int count = 80;
        var batch = new string('x', size);
        using (var log = new ShardLog(_folder))
        {
            for (var i = 0; i < count; i++)
                log.Append(Record(batch, $"{i}", arrival: i * 10));
            Check(log);
        }

        Files().Count.ShouldBe(3);
        using var opened = new ShardLog(_folder);
        opened.NextIndex.ShouldBe(count);
        Check(opened);

        opened.DeleteBefore(500);
        Files().Count.ShouldBe(2);
        Keys(opened, 0).First().ShouldBe("34");
        opened.DeleteBefore(10_000);
        Files().Count.ShouldBe(1);
        opened.Append(Record("after", "k", arrival: 10_000)).ShouldBe(count);

        static void Check(ShardLog log)
        {
            foreach (var index in new[] { 0, 1, 33, 34, 35, 67, 79 })
                Keys(log, index).First().ShouldBe($"{index}");
            foreach (var (time, index) in new[] { (0, 0), (1, 1), (330, 33), (335, 34), (790, 79), (791, 80) })
                log.IndexAt(time).ShouldBe(index);
            Keys(log, 0).Count.ShouldBe(count);
        }
    }

    [Fact]
    public void Log_DamagedBeforeItsLastSegment_SaysSoInsteadOfSkipping()
    {
        using (var log = new ShardLog(_folder))
        {
            for (var i = 0; i < 40; i++)
                log.Append(Record(new string('x', 1_000_000), "k"));
        }

        using (var file = File.OpenWrite(Files().First()))
        {
            file.Seek(5_000_000, SeekOrigin.Begin);
            file.WriteByte(0);
        }

        using var opened = new ShardLog(_folder);
        Should.Throw<InvalidDataException>(() => Read(opened, 0)).Message.ShouldContain("is damaged at byte");
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(_folder).Order(StringComparer.Ordinal)];

    private static byte[] Record(string data, string key, long arrival = 1)
    {
        var record = new byte[RecordFormat.SizeOf(data.Length, key.Length)];
        Encoding.UTF8.GetBytes(data, record.AsSpan(RecordFormat.HeaderSize));
        Encoding.UTF8.GetBytes(key, record.AsSpan(RecordFormat.HeaderSize + data.Length));
        RecordFormat.WriteHeader(record, data.Length, key.Length, arrival, RecordFlags.None);
        return record;
    }

    private static List<string> Read(ShardLog log, long index)
    {
        var data = new List<string>();
        using var reader = new LogReader(log, index);
        while (reader.MoveNext())
            data.Add(Encoding.UTF8.GetString(reader.Data));
        return data;
    }

    private static List<string> Keys(ShardLog log, long index)
    {
        var keys = new List<string>();
        using var reader = new LogReader(log, index);
        while (reader.MoveNext())
            keys.Add(Encoding.UTF8.GetString(reader.Key));
        return keys;
    }
}
