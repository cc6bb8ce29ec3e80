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
}
