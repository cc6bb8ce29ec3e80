using System.IO.Compression;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Firehose;

public sealed class DeliveryTests
{
    [Fact]
    public async Task DirectPut_AfterTheInterval_BecomesOneObjectOfItsRecordsInOrder()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.CreateAsync("direct", new { Prefix = "raw/", BufferingHints = new { SizeInMBs = 5, IntervalInSeconds = 60 } });
        await cloud.PutAsync("direct", "a", "b");
        await cloud.AdvanceAsync(30);
        await cloud.PutAsync("direct", "c");

        await cloud.AdvanceAsync(29);
        cloud.Objects("raw/").ShouldBeEmpty();
        await cloud.AdvanceAsync(1);

        cloud.Objects("raw/").ShouldHaveSingleItem().Key
            .ShouldMatch("^raw/2026/11/20/09/direct-1-2026-11-20-09-01-00-[0-9a-f]{8}-[0-9a-f-]{27}$");
        cloud.Text("raw/").ShouldBe("abc");
    }

    [Fact]
    public async Task KinesisSource_WithConversion_BecomesParquetOfTheTablesTypes()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.PutTableAsync("films", ("event_time", "timestamp"), ("film_id", "int"), ("state", "string"));
        await cloud.PutToKinesisAsync("""{"film_id": 1, "state": "before"}""");
        await cloud.CreateAsync("films", new
        {
            Prefix = "films/arrival_date=!{timestamp:yyyy-MM-dd}/",
            ErrorOutputPrefix = "quarantine/!{firehose:error-output-type}/",
            BufferingHints = new { SizeInMBs = 64, IntervalInSeconds = 60 },
            DataFormatConversionConfiguration = FirehoseCloud.Conversion(
                "films", new { OpenXJsonSerDe = new { ColumnToJsonKeyMappings = new Dictionary<string, string> { ["event_time"] = "timestamp" } } }),
        }, fromKinesis: true);

        await cloud.PutToKinesisAsync(
            """{"timestamp": "2026-11-20 01:02:03.5", "film_id": 7, "state": "Ohio", "extra": [1]}""",
            """{"Timestamp": "2026-11-20T01:02:04Z", "FILM_ID": "8"}{"film_id": 9}""", "not json");
        await cloud.AdvanceAsync(62);

        cloud.Objects("films/").ShouldHaveSingleItem().Key.ShouldStartWith("films/arrival_date=2026-11-20/films-1-2026-11-20-09-01-00-");
        cloud.Rows("films/").Order().ShouldBe(["2026-11-20 01:02:03.5|7|Ohio", "2026-11-20 01:02:04|8|∅", "∅|9|∅"], ignoreOrder: true);
        cloud.Rows("films/", "DISTINCT typeof(event_time), typeof(film_id), typeof(state)").ShouldBe(["TIMESTAMP|INTEGER|VARCHAR"]);
        cloud.Errors("quarantine/format-conversion-failed/2026/11/20/09/").ShouldHaveSingleItem()["lastErrorCode"]!.ToString()
            .ShouldBe("DataFormatConversion.ParseError");
    }

    [Fact]
    public async Task Buffer_AtItsSize_IsDeliveredBeforeTheInterval()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.CreateAsync("sized", new { Prefix = "raw/", BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 900 } });
        var record = new string('x', 600 * 1024);
        await cloud.PutAsync("sized", record, record, "last");
        await cloud.PutAsync("sized", "next");

        await cloud.AdvanceAsync(0);

        cloud.Objects("raw/").ShouldHaveSingleItem().Size.ShouldBe((2 * 600 * 1024) + 4);
        await cloud.AdvanceAsync(900);
        cloud.Objects("raw/").Count.ShouldBe(2);
    }

    [Fact]
    public async Task Object_CompressedAndDelimited_IsGzipOfLinesInTheTimeZone()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.CreateAsync("gzip", new
        {
            Prefix = "raw/", CompressionFormat = "GZIP", CustomTimeZone = "Asia/Tokyo", BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 60 },
            ProcessingConfiguration = new { Enabled = true, Processors = new[] { new { Type = "AppendDelimiterToRecord" } } },
        });
        await cloud.PutAsync("gzip", "a", "b");
        await cloud.AdvanceAsync(60);

        var item = cloud.Objects("raw/2026/11/20/18/gzip-1-2026-11-20-18-").ShouldHaveSingleItem();
        item.Key.ShouldEndWith(".gz");
        item.ContentEncoding.ShouldBe("gzip");
        using var plain = new StreamReader(new GZipStream(File.OpenRead(item.File), CompressionMode.Decompress));
        (await plain.ReadToEndAsync()).ShouldBe("a\nb\n");
    }

    [Fact]
    public async Task Backup_OfTheSource_HoldsWhatCameAsItCame()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.PutTableAsync("t", ("v", "int"));
        await cloud.CreateAsync("backed", new
        {
            Prefix = "data/", ErrorOutputPrefix = "errors/", BufferingHints = new { SizeInMBs = 64, IntervalInSeconds = 300 },
            DataFormatConversionConfiguration = FirehoseCloud.Conversion("t"), S3BackupMode = "Enabled",
            S3BackupConfiguration = new { RoleARN = FirehoseCloud.Role, BucketARN = "arn:aws:s3:::lake", Prefix = "backup/", BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 60 } },
        }, fromKinesis: true);
        await cloud.PutToKinesisAsync("{\"v\": 1}\n");
        await cloud.PutToKinesisAsync("broken\n");

        await cloud.AdvanceAsync(61);
        cloud.Text("backup/").ShouldBe("{\"v\": 1}\nbroken\n");
        cloud.Objects("data/").ShouldBeEmpty();
        await cloud.AdvanceAsync(240);
        cloud.Rows("data/").ShouldBe(["1"]);
        cloud.Errors("errors/format-conversion-failed/").Count.ShouldBe(1);
    }

    [Fact]
    public async Task ErrorRecord_OfAConversion_HasFirehosesFormat()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.PutTableAsync("t", ("v", "int"));
        await cloud.CreateAsync("failing", new { Prefix = "data/", DataFormatConversionConfiguration = FirehoseCloud.Conversion("t") }, fromKinesis: true);
        await cloud.PutToKinesisAsync("{\"v\": \"x\"}");
        await cloud.AdvanceAsync(301);

        cloud.Objects().Count.ShouldBe(1);
        var error = cloud.Errors("data/format-conversion-failed/2026/11/20/09/failing-1-").ShouldHaveSingleItem();
        error["attemptsMade"]!.GetValue<int>().ShouldBe(1);
        error["arrivalTimestamp"]!.GetValue<long>().ShouldBe(new DateTimeOffset(2026, 11, 20, 9, 1, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());
        error["attemptEndingTimestamp"]!.GetValue<long>().ShouldBe(new DateTimeOffset(2026, 11, 20, 9, 6, 1, TimeSpan.Zero).ToUnixTimeMilliseconds());
        error["lastErrorCode"]!.ToString().ShouldBe("DataFormatConversion.MalformedData");
        Convert.FromBase64String(error["rawData"]!.ToString()).ShouldBe("{\"v\": \"x\"}"u8.ToArray());
        error["sequenceNumber"]!.ToString().ShouldMatch("^[0-9]{56}$");
        error.AsObject().ContainsKey("subSequenceNumber").ShouldBeTrue();
        error["dataCatalogTable"]!.ToJsonString().ShouldBe(
            """{"catalogId":"000000000000","databaseName":"landing","tableName":"t","region":"us-east-1","versionId":"LATEST","catalogArn":null}""");
    }

    [Fact]
    public async Task Delivery_IntoAMissingBucket_IsLoggedAndTriedAgainUntilItIsThere()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.CallAsync("Logs_20140328.CreateLogGroup", """{"logGroupName":"firehose"}""");
        await cloud.CallAsync("Logs_20140328.CreateLogStream", """{"logGroupName":"firehose","logStreamName":"delivery"}""");
        await cloud.CreateAsync("early", new
        {
            BucketARN = "arn:aws:s3:::late", BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 60 },
            CloudWatchLoggingOptions = new { Enabled = true, LogGroupName = "firehose", LogStreamName = "delivery" },
        });
        await cloud.PutAsync("early", "first");
        await cloud.AdvanceAsync(60);
        await cloud.PutAsync("early", "second");
        await cloud.AdvanceAsync(600);

        var events = (await cloud.CallAsync("Logs_20140328.GetLogEvents", """{"logGroupName":"firehose","logStreamName":"delivery"}"""))["events"]!.AsArray();
        events.Count.ShouldBeInRange(5, 12);
        JsonNode.Parse(events[0]!["message"]!.ToString())!["errorCode"]!.ToString().ShouldBe("S3.NoSuchBucket");

        await cloud.PutBucketAsync("late");
        await cloud.AdvanceAsync(300);
        cloud.Objects(bucket: "late").Select(item => File.ReadAllText(item.File)).ShouldBe(["first", "second"]);
    }

    [Fact]
    public async Task Source_SplitAndMerged_IsFollowedWithoutLossOrDoubling()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.CreateAsync("follow", new { Prefix = "raw/", BufferingHints = new { SizeInMBs = 1, IntervalInSeconds = 60 } }, fromKinesis: true);
        var sent = 0;
        await PutAsync();
        await cloud.CallAsync("Kinesis_20131202.UpdateShardCount", """{"StreamName":"events","TargetShardCount":2,"ScalingType":"UNIFORM_SCALING"}""");
        await cloud.AdvanceAsync(0);
        await PutAsync();
        await cloud.AdvanceAsync(30);
        await PutAsync();
        await cloud.CallAsync("Kinesis_20131202.UpdateShardCount", """{"StreamName":"events","TargetShardCount":1,"ScalingType":"UNIFORM_SCALING"}""");
        await cloud.AdvanceAsync(30);
        await PutAsync();
        await cloud.AdvanceAsync(120);

        cloud.Text("raw/").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Order().ShouldBe(Enumerable.Range(0, sent));

        async Task PutAsync()
        {
            await cloud.PutToKinesisAsync([.. Enumerable.Range(sent, 50).Select(i => $"{i};")]);
            sent += 50;
        }
    }

    [Fact]
    public async Task Metrics_OfADelivery_AreThoseOfTheService()
    {
        await using var cloud = await FirehoseCloud.StartAsync();
        await cloud.PutTableAsync("t", ("v", "int"));
        await cloud.CreateAsync("measured", new { DataFormatConversionConfiguration = FirehoseCloud.Conversion("t") });
        await cloud.PutAsync("measured", "{\"v\": 1}", "{\"v\": 2}", "broken");
        await cloud.AdvanceAsync(300);

        Sum("IncomingRecords").ShouldBe(3);
        Sum("IncomingBytes").ShouldBe(22);
        Sum("DeliveryToS3.Records").ShouldBe(3);
        Sum("DeliveryToS3.Success").ShouldBe(1);
        Sum("DeliveryToS3.DataFreshness").ShouldBe(300);
        Sum("SucceedConversion.Records").ShouldBe(2);
        Sum("SucceedConversion.Bytes").ShouldBe(16);
        Sum("FailedConversion.Records").ShouldBe(1);

        double Sum(string name) => cloud.MetricSum(name);
    }
}
