using System.Globalization;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.CloudWatch;

namespace PipelineStacks.LocalCloud.Tests.CloudWatch;

public sealed class MetricTests : IAsyncLifetime
{
    private static readonly MetricId Records = new(TestCloud.Account, TestCloud.Region, "AWS/Kinesis", "IncomingRecords", "Count", new(("StreamName", "events")));

    private readonly string _data = Directory.CreateTempSubdirectory("metrics-").FullName;
    private TestCloud _cloud = null!;

    public Task InitializeAsync()
    {
        _cloud = new TestCloud { DataDirectory = _data };
        return _cloud.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("60", "09:00 3 6 2 1 3|09:01 1 10 10 10 10")]
    [InlineData("300", "09:00 4 16 4 1 10")]
    public async Task Statistics_OverPeriods_AreThoseOfTheValues(string period, string expected)
    {
        var start = _cloud.Now;
        foreach (var (seconds, value) in new[] { (0, 1), (30, 2), (59, 3), (60, 10) })
            _cloud.Get<IMetricSink>().Put(Records, value, start.AddSeconds(seconds));
        var answer = await _cloud.QueryAsync("monitoring", "GetMetricStatistics",
            ("Namespace", "AWS/Kinesis"), ("MetricName", "IncomingRecords"), ("Dimensions.member.1.Name", "StreamName"), ("Dimensions.member.1.Value", "events"),
            ("StartTime", "2026-11-20T09:00:00Z"), ("EndTime", "2026-11-20T10:00:00Z"), ("Period", period),
            ("Statistics.member.1", "SampleCount"), ("Statistics.member.2", "Sum"), ("Statistics.member.3", "Average"), ("Statistics.member.4", "Minimum"), ("Statistics.member.5", "Maximum"));
        string.Join('|', answer.Descendants("Datapoints").Single().Elements("member").Select(point =>
            $"{DateTimeOffset.Parse(point.Element("Timestamp")!.Value, CultureInfo.InvariantCulture):HH:mm} " + string.Join(' ',
                new[] { "SampleCount", "Sum", "Average", "Minimum", "Maximum" }.Select(name => point.Element(name)!.Value)))).ShouldBe(expected);
    }

    [Fact]
    public async Task Values_OfSeveralRuns_AddUp()
    {
        var sink = _cloud.Get<IMetricSink>();
        sink.Put(Records, 1, _cloud.Now);
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
        sink.Put(Records, 2, _cloud.Now.AddSeconds(-60));
        await _cloud.RestartAsync();
        // Virtual time starts anew at the same minute, so this is the minute of the first value.
        _cloud.Get<IMetricSink>().Put(Records, 4, _cloud.Now);
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
        (await SumAsync()).ShouldBe(7);
        await _cloud.RestartAsync();
        (await SumAsync()).ShouldBe(7);
    }

    [Fact]
    public async Task Values_OlderThanTheRetention_AreForgotten()
    {
        _cloud.Get<IMetricSink>().Put(Records, 1, _cloud.Now);
        await _cloud.AdvanceAsync(TimeSpan.FromDays(16));
        (await _cloud.QueryAsync("monitoring", "ListMetrics")).Descendants("MetricName").ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(_data, "metrics")).ShouldBeEmpty();
    }

    [Fact]
    public void Puts_FromManyThreads_AllCount()
    {
        var sink = _cloud.Get<IMetricSink>();
        Parallel.For(0, 10_000, i => sink.Put(Records, 1, _cloud.Now.AddMinutes(i % 3)));
        _cloud.Get<MetricStore>().Find(TestCloud.Account, TestCloud.Region).Single().Value.Between(0, long.MaxValue).Sum(minute => minute.Value.Count).ShouldBe(10_000);
    }

    [Fact]
    public async Task OwnMetrics_PutByJson_AreListedByQuery()
    {
        await _cloud.JsonAsync("GraniteServiceVersion20100801.PutMetricData", """
            {"Namespace":"app","MetricData":[
              {"MetricName":"m","Dimensions":[{"Name":"b","Value":"2"},{"Name":"a","Value":"1"}],"Values":[1,2],"Counts":[3,1],"Unit":"Count"},
              {"MetricName":"n","StatisticValues":{"SampleCount":2,"Sum":10,"Minimum":4,"Maximum":6}}]}
            """);
        var listed = await _cloud.QueryAsync("monitoring", "ListMetrics", ("Namespace", "app"), ("Dimensions.member.1.Name", "a"));
        listed.Descendants("MetricName").Single().Value.ShouldBe("m");

        var data = await _cloud.JsonAsync("GraniteServiceVersion20100801.GetMetricData", """
            {"StartTime":1795165200,"EndTime":1795168800,"MetricDataQueries":[
              {"Id":"a","MetricStat":{"Metric":{"Namespace":"app","MetricName":"m","Dimensions":[{"Name":"a","Value":"1"},{"Name":"b","Value":"2"}]},"Period":60,"Stat":"Sum"}},
              {"Id":"b","MetricStat":{"Metric":{"Namespace":"app","MetricName":"n"},"Period":300,"Stat":"Average"}}]}
            """);
        data["MetricDataResults"]!.ToJsonString().ShouldBe(
            """[{"Id":"a","Label":"m","Timestamps":[1795165200],"Values":[5],"StatusCode":"Complete"},{"Id":"b","Label":"n","Timestamps":[1795165200],"Values":[5],"StatusCode":"Complete"}]""");
    }

    [Theory]
    [InlineData("PutMetricData", """{"Namespace":"AWS/X","MetricData":[{"MetricName":"m","Value":1}]}""", "InvalidParameterValue: The value AWS/ for parameter Namespace is invalid.")]
    [InlineData("PutMetricData", """{"Namespace":"x","MetricData":[{"MetricName":"m"}]}""",
        "InvalidParameterCombination: The parameters MetricData.member.1.Value, MetricData.member.1.Values and MetricData.member.1.StatisticValues are mutually exclusive and you must specify one.")]
    [InlineData("PutMetricData", """{"Namespace":"x","MetricData":[{"MetricName":"m","Value":1,"Timestamp":0}]}""",
        "InvalidParameterValue: The parameter MetricData.member.1.Timestamp must specify a time no more than two weeks in the past and no more than two hours in the future.")]
    [InlineData("GetMetricData", """{"StartTime":0,"EndTime":60,"MetricDataQueries":[{"Id":"a","Expression":"m1/m2"}]}""",
        "ValidationError: Unknown identifier 'm1'")]
    [InlineData("GetMetricData", """{"StartTime":0,"EndTime":60,"MetricDataQueries":[{"Id":"a","MetricStat":{"Metric":{"Namespace":"x","MetricName":"m"},"Period":60,"Stat":"p99"}}]}""",
        "NotImplementedByLocalCloud: The statistic p99 is not supported by the local cloud.")]
    [InlineData("GetMetricStatistics", """{"Namespace":"x","MetricName":"m","StartTime":0,"EndTime":864000,"Period":60,"Statistics":["Sum"]}""",
        "InvalidParameterCombination: You have requested up to 14400 datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.")]
    public async Task Request_ThatCannotBeAnswered_IsRefused(string operation, string request, string error) =>
        (await _cloud.JsonErrorAsync($"GraniteServiceVersion20100801.{operation}", request)).ShouldBe(error);

    private async Task<double> SumAsync()
    {
        var data = await _cloud.JsonAsync("GraniteServiceVersion20100801.GetMetricData", new JsonObject
        {
            ["StartTime"] = 1795165200,
            ["EndTime"] = 1795168800,
            ["MetricDataQueries"] = JsonNode.Parse("""
                [{"Id":"a","MetricStat":{"Metric":{"Namespace":"AWS/Kinesis","MetricName":"IncomingRecords","Dimensions":[{"Name":"StreamName","Value":"events"}]},"Period":3600,"Stat":"Sum"}}]
                """),
        }.ToJsonString());
        return data["MetricDataResults"]![0]!["Values"]![0]!.GetValue<double>();
    }
}
