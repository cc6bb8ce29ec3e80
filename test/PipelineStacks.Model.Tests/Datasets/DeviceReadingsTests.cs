using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests.Datasets;

public sealed class DeviceReadingsTests
{
    private static readonly Dataset Readings = DatasetCatalog.Find("device_readings");
    private static readonly TopicSource Source = (TopicSource)Readings.Source;
    private static readonly DateOnly Since = new(2026, 1, 1);

    [Fact]
    public void Topic_IsTheDevicesOwn()
    {
        Source.TopicOf("meter-7").ShouldBe("telemetry/meter-7/readings");
        Source.DeviceLevel.ShouldBe(2);
    }

    [Fact]
    public void Sql_OfTheStream_LeavesWhatIsNoReadingToTheOtherRule()
    {
        Source.DeliverySql.ShouldBe(
            "SELECT *, topic(2) AS device_id, parse_time('yyyy-MM-dd HH:mm:ss.SSS', timestamp(), 'UTC') AS received_at FROM 'telemetry/+/readings' WHERE CASE isUndefined(mode) WHEN true THEN true ELSE mode <> 'test' END");
        Source.StreamSql.ShouldEndWith("WHERE (CASE isUndefined(mode) WHEN true THEN true ELSE mode <> 'test' END) AND NOT isUndefined(sequence_number)");
    }

    [Fact]
    public void LandingTable_IsParquet_ByTheDayOfArrival() =>
        (Tables.Landing(Readings, Since).Format, Tables.Landing(Readings, Since).Prefix).ShouldBe((TableFormat.Parquet, "device_readings/"));

    [Fact]
    public void QuarantineTable_HasTheRulesErrors_BesideThoseOfFirehose()
    {
        var table = Tables.Quarantine(Readings, Since);

        table.Partitions[0].Projection!.Parameters["values"].ShouldBe("format-conversion-failed,processing-failed,rule-failed,clean-rejected");
        table.Columns.Select(column => column.Name).ShouldContain("base64originalpayload");
        table.Columns.ShouldAllBe(column => ColumnType.Parse(column.Type).Hive == column.Type);
    }

    [Fact]
    public void CleanSql_CountsEachReadingOnce_ByDeviceAndNumber_OnTheDayThatItWasMeasured() =>
        CleanSql.For(Readings, FileFormat.Csv).ShouldContain("PARTITION BY read_date, device_id, sequence_number ORDER BY\n    read_at ASC NULLS FIRST");

    [Theory]
    [InlineData("telemetry/readings")]
    [InlineData("telemetry/+/+")]
    [InlineData("telemetry/+/#")]
    public void Filter_WithoutTheDevicesLevelAlone_IsRefused(string filter) =>
        DatasetRules.Errors(Readings with { Source = Source with { Filter = filter } })
            .ShouldBe([$"device_readings: the topic filter '{filter}' needs '+' as one level, which is the device, and no other wildcard."]);

    [Fact]
    public void Template_WithoutTheDevicesNumber_IsRefused() =>
        DatasetRules.Errors(Readings with { Source = Source with { Sequence = "seq" } })
            .ShouldBe(["device_readings: the sample template lacks the key 'seq', by which devices number or date what they publish."]);
}
