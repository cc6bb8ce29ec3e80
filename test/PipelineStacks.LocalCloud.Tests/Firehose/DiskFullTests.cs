namespace PipelineStacks.LocalCloud.Tests.Firehose;

/// <summary>Linux's /dev/full stands for the files that a full disk has no room for.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task Delivery_OnceThereIsRoomAgain_GoesOnWithAllOfIt()
    {
        var data = Directory.CreateTempSubdirectory("firehose-full-").FullName;
        await using var cloud = await FirehoseCloud.StartAsync(data);
        await cloud.CallAsync("Logs_20140328.CreateLogGroup", """{"logGroupName":"delivery"}""");
        await cloud.CallAsync("Logs_20140328.CreateLogStream", """{"logGroupName":"delivery","logStreamName":"errors"}""");
        await cloud.CreateAsync("sourced", new
        {
            Prefix = "raw/",
            BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 60 },
            CloudWatchLoggingOptions = new { Enabled = true, LogGroupName = "delivery", LogStreamName = "errors" },
        }, fromKinesis: true);
        await cloud.PutToKinesisAsync("1;");
        await cloud.AdvanceAsync(2);

        // Neither the next buffer nor the reason has room.
        var spool = Directory.GetFiles(Path.Combine(data, "firehose"), "*.spool", SearchOption.AllDirectories).ShouldHaveSingleItem();
        var next = Path.Combine(Path.GetDirectoryName(spool)!, "00000002.spool.next");
        File.CreateSymbolicLink(next, "/dev/full");
        var (logs, kept) = (Path.Combine(data, "logs"), Path.Combine(data, "logs-kept"));
        Directory.Move(logs, kept);
        await File.WriteAllTextAsync(logs, "");
        await cloud.AdvanceAsync(120);
        cloud.Objects("raw/").ShouldBeEmpty();
        await cloud.PutToKinesisAsync("2;");
        await cloud.AdvanceAsync(60);
        cloud.Objects("raw/").ShouldBeEmpty();

        File.Delete(next);
        File.Delete(logs);
        Directory.Move(kept, logs);
        await cloud.AdvanceAsync(400);
        cloud.Text("raw/").ShouldBe("1;2;");
    }
}
