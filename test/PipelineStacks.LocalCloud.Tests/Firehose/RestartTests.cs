namespace PipelineStacks.LocalCloud.Tests.Firehose;

public sealed class RestartTests
{
    private static readonly object Settings = new { Prefix = "raw/", BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 60 } };

    [Fact]
    public async Task Stop_WithFullBuffers_LosesAndDoublesNothing()
    {
        await using var cloud = await FirehoseCloud.StartAsync(NewFolder());
        await cloud.CreateAsync("direct", Settings);
        await cloud.CreateAsync("sourced", new { Prefix = "sourced/", BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 60 } }, fromKinesis: true);
        await cloud.PutAsync("direct", "a;");
        await cloud.PutToKinesisAsync("1;");
        await cloud.AdvanceAsync(1);
        await cloud.PutToKinesisAsync("2;");

        await cloud.RestartAsync();
        await cloud.PutAsync("direct", "b;");
        await cloud.PutToKinesisAsync("3;");
        await cloud.AdvanceAsync(120);

        cloud.Text("raw/").ShouldBe("a;b;");
        cloud.Text("sourced/").ShouldBe("1;2;3;");
    }

    [Fact]
    public async Task Kill_BetweenTheObjectAndItsRecord_DoublesNothing()
    {
        var data = NewFolder();
        await using var cloud = await FirehoseCloud.StartAsync(data);
        await cloud.CreateAsync("direct", new { BucketARN = "arn:aws:s3:::late", BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 60 } });
        await cloud.PutAsync("direct", "a;");
        await cloud.AdvanceAsync(60);

        // The delivery was begun and not made: its buffer and intent are on disk. That is what a kill leaves behind, too.
        var (buffers, kept) = (Path.Combine(data, "firehose"), Path.Combine(data, "kept"));
        Copy(buffers, kept);
        await cloud.PutBucketAsync("late");
        await cloud.AdvanceAsync(300);
        var key = cloud.Objects(bucket: "late").ShouldHaveSingleItem().Key;
        await cloud.RestartAsync(() =>
        {
            Directory.Delete(buffers, recursive: true);
            Directory.Move(kept, buffers);
        });
        await cloud.AdvanceAsync(600);

        cloud.Objects(bucket: "late").ShouldHaveSingleItem().Key.ShouldBe(key);
        Directory.GetFiles(buffers, "*", SearchOption.AllDirectories).ShouldHaveSingleItem().ShouldEndWith(".spool");
    }

    [Fact]
    public async Task Kill_InTheMiddleOfAWrite_LosesOnlyWhatWasNotAcknowledged()
    {
        var data = NewFolder();
        await using var cloud = await FirehoseCloud.StartAsync(data);
        await cloud.CreateAsync("direct", Settings);
        await cloud.PutAsync("direct", "whole;");
        await cloud.RestartAsync(() =>
        {
            var spool = Directory.GetFiles(Path.Combine(data, "firehose"), "*.spool", SearchOption.AllDirectories).ShouldHaveSingleItem();
            using var file = new FileStream(spool, FileMode.Append);
            file.Write([200, 0, 0, 0, .. new byte[60]]);
        });
        await cloud.PutAsync("direct", "next;");
        await cloud.AdvanceAsync(120);

        cloud.Text("raw/").ShouldBe("whole;next;");
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("firehose-").FullName;

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
