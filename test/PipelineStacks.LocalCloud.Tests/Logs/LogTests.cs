using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Logs;

namespace PipelineStacks.LocalCloud.Tests.Logs;

public sealed class LogTests : IAsyncLifetime
{
    private const string Service = "Logs_20140328";

    private readonly string _data = Directory.CreateTempSubdirectory("logs-").FullName;
    private TestCloud _cloud = null!;

    public async Task InitializeAsync()
    {
        _cloud = new TestCloud { DataDirectory = _data };
        await _cloud.InitializeAsync();
        await _cloud.JsonAsync($"{Service}.CreateLogGroup", """{"logGroupName":"/g"}""");
        await _cloud.JsonAsync($"{Service}.CreateLogStream", """{"logGroupName":"/g","logStreamName":"s"}""");
    }

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Events_PutOverDays_ComeBackInOrderAfterARestart()
    {
        await PutAsync((-26 * 60, "old"));
        await PutAsync((-1, "a"), (0, "b"));
        await PutAsync((-2, "late"));
        await _cloud.RestartAsync();
        (await MessagesAsync("""{"logGroupName":"/g","logStreamName":"s","startFromHead":true}""")).ShouldBe(["old", "late", "a", "b"]);
    }

    [Fact]
    public async Task Events_ReadByTokens_AreEachReadOnceInBothDirections()
    {
        await PutAsync([.. Enumerable.Range(0, 10).Select(i => (i / 2, $"m{i}"))]);
        var (all, token) = (new List<string>(), (string?)null);
        for (var (page, last) = (await GetAsync("\"startFromHead\":true"), ""); last != token; page = await GetAsync($"\"nextToken\":\"{token}\""))
        {
            all.AddRange(page["events"]!.AsArray().Select(one => one!["message"]!.GetValue<string>()));
            (last, token) = (token, page["nextForwardToken"]!.GetValue<string>());
        }

        all.ShouldBe(Enumerable.Range(0, 10).Select(i => $"m{i}"));
        var newest = await GetAsync("\"startFromHead\":false");
        Messages(newest).ShouldBe(["m7", "m8", "m9"]);
        Messages(await GetAsync($"\"nextToken\":\"{newest["nextBackwardToken"]}\"")).ShouldBe(["m4", "m5", "m6"]);

        async Task<JsonNode> GetAsync(string more) => await _cloud.JsonAsync($"{Service}.GetLogEvents", $$"""{"logGroupName":"/g","logStreamName":"s","limit":3,{{more}}}""");
    }

    [Fact]
    public async Task Events_TooNewOrTooOld_AreRejectedByTheirIndex()
    {
        await _cloud.JsonAsync($"{Service}.PutRetentionPolicy", """{"logGroupName":"/g","retentionInDays":1}""");
        (await PutAsync((-15 * 24 * 60, "too old")))["rejectedLogEventsInfo"]!.ToJsonString().ShouldBe("""{"tooOldLogEventEndIndex":1}""");
        (await PutAsync((-25 * 60, "expired"), (-24 * 60 + 1, "in time")))["rejectedLogEventsInfo"]!.ToJsonString().ShouldBe("""{"expiredLogEventEndIndex":1}""");
        (await PutAsync((0, "in time"), (121, "too new")))["rejectedLogEventsInfo"]!.ToJsonString().ShouldBe("""{"tooNewLogEventStartIndex":1}""");
        (await MessagesAsync("""{"logGroupName":"/g","logStreamName":"s"}""")).ShouldBe(["in time", "in time"]);
    }

    [Fact]
    public async Task Retention_Passed_DeletesTheLinesFromDisk()
    {
        await _cloud.JsonAsync($"{Service}.PutRetentionPolicy", """{"logGroupName":"/g","retentionInDays":3}""");
        await PutAsync((0, "once"));
        await _cloud.AdvanceAsync(TimeSpan.FromDays(3));
        (await MessagesAsync("""{"logGroupName":"/g","logStreamName":"s"}""")).ShouldBe(["once"]);
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await MessagesAsync("""{"logGroupName":"/g","logStreamName":"s"}""")).ShouldBeEmpty();
        await _cloud.AdvanceAsync(TimeSpan.FromDays(2));
        Directory.EnumerateFiles(Path.Combine(_data, "logs"), "*.jsonl", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task HalfALine_LeftByAKilledProcess_HidesNothingElse()
    {
        await PutAsync((0, "before"));
        var file = Directory.EnumerateFiles(Path.Combine(_data, "logs"), "*.jsonl", SearchOption.AllDirectories).Single();
        await File.AppendAllTextAsync(file, """{"T":17951""");
        await PutAsync((0, "after"));
        (await MessagesAsync("""{"logGroupName":"/g","logStreamName":"s"}""")).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task Filter_OverStreams_PagesInTheOrderOfTime()
    {
        await _cloud.JsonAsync($"{Service}.CreateLogStream", """{"logGroupName":"/g","logStreamName":"t"}""");
        await PutAsync((-3, "ERROR one"), (-1, "fine"));
        await PutToAsync("t", (-2, "ERROR two"), (0, "ERROR three"));
        var first = await _cloud.JsonAsync($"{Service}.FilterLogEvents", """{"logGroupName":"/g","filterPattern":"ERROR","limit":2}""");
        Messages(first).ShouldBe(["ERROR one", "ERROR two"]);
        var rest = await _cloud.JsonAsync($"{Service}.FilterLogEvents", $$"""{"logGroupName":"/g","filterPattern":"ERROR","limit":2,"nextToken":"{{first["nextToken"]}}"}""");
        Messages(rest).ShouldBe(["ERROR three"]);
        rest["nextToken"].ShouldBeNull();
    }

    [Fact]
    public async Task Sink_ToAStreamThatIsNotThere_SaysSo()
    {
        var sink = _cloud.Get<ILogSink>();
        sink.Write(TestCloud.Account, TestCloud.Region, "/g", "s", _cloud.Now, "hello").ShouldBeTrue();
        sink.Write(TestCloud.Account, TestCloud.Region, "/g", "other", _cloud.Now, "hello").ShouldBeFalse();
        sink.Write(TestCloud.Account, "us-east-1", "/g", "s", _cloud.Now, "hello").ShouldBeFalse();
        (await MessagesAsync("""{"logGroupName":"/g","logStreamName":"s"}""")).ShouldBe(["hello"]);
    }

    [Fact]
    public async Task MetricFilter_InATemplate_CountsWhatMatches()
    {
        await _cloud.ProvisionAsync("AWS::Logs::MetricFilter", """
            {"LogGroupName":"/g","FilterPattern":"ERROR","MetricTransformations":[{"MetricName":"errors","MetricNamespace":"app","MetricValue":"1","DefaultValue":0}]}
            """);
        await PutAsync((0, "ERROR a"), (0, "fine"), (0, "ERROR b"));
        var (_, series) = _cloud.Get<MetricStore>().Find(TestCloud.Account, TestCloud.Region, "app", "errors").Single();
        var minute = series.Between(0, long.MaxValue).Single().Value;
        (minute.Sum, minute.Count).ShouldBe((2, 3));
    }

    [Fact]
    public async Task LogGroupInATemplate_HasTheArnThatPoliciesNeed()
    {
        var group = await _cloud.ProvisionAsync("AWS::Logs::LogGroup", """{"LogGroupName":"/aws/firehose/x","RetentionInDays":7}""");
        (group.PhysicalId, group.Attributes["Arn"]!.GetValue<string>()).ShouldBe(("/aws/firehose/x", "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/firehose/x:*"));
        var stream = await _cloud.ProvisionAsync("AWS::Logs::LogStream", """{"LogGroupName":"/aws/firehose/x","LogStreamName":"S3Delivery"}""");
        stream.PhysicalId.ShouldBe("S3Delivery");
    }

    [Theory]
    [InlineData("CreateLogGroup", """{"logGroupName":"/g"}""", "ResourceAlreadyExistsException: The specified log group already exists")]
    [InlineData("CreateLogStream", """{"logGroupName":"/x","logStreamName":"s"}""", "ResourceNotFoundException: The specified log group does not exist.")]
    [InlineData("GetLogEvents", """{"logGroupName":"/g","logStreamName":"x"}""", "ResourceNotFoundException: The specified log stream does not exist.")]
    [InlineData("GetLogEvents", """{"logGroupName":"/g","logStreamName":"s","nextToken":"x"}""", "InvalidParameterException: The specified nextToken is invalid.")]
    [InlineData("CreateLogGroup", """{"logGroupName":"/i","logGroupClass":"INFREQUENT_ACCESS"}""", "NotImplementedByLocalCloud: The log group class INFREQUENT_ACCESS is not supported by the local cloud.")]
    [InlineData("PutLogEvents", """{"logGroupName":"/g","logStreamName":"s","logEvents":[{"timestamp":2,"message":"a"},{"timestamp":1,"message":"b"}]}""",
        "InvalidParameterException: Log events in a single PutLogEvents request must be in chronological order.")]
    [InlineData("FilterLogEvents", """{"logGroupName":"/g","filterPattern":"{ $.a = 1 }"}""", "NotImplementedByLocalCloud: The JSON filter pattern { $.a = 1 } is not supported by the local cloud.")]
    public async Task Request_ThatCannotBeAnswered_IsRefused(string operation, string request, string error) =>
        (await _cloud.JsonErrorAsync($"{Service}.{operation}", request)).ShouldBe(error);

    private Task<JsonNode> PutAsync(params (int Minutes, string Message)[] lines) => PutToAsync("s", lines);

    private Task<JsonNode> PutToAsync(string stream, params (int Minutes, string Message)[] lines) => _cloud.JsonAsync($"{Service}.PutLogEvents", new JsonObject
    {
        ["logGroupName"] = "/g",
        ["logStreamName"] = stream,
        ["logEvents"] = new JsonArray([.. lines.Select(line => new JsonObject
        {
            ["timestamp"] = _cloud.Now.AddMinutes(line.Minutes).ToUnixTimeMilliseconds(),
            ["message"] = line.Message,
        })]),
    }.ToJsonString());

    private async Task<string[]> MessagesAsync(string request) => Messages(await _cloud.JsonAsync($"{Service}.GetLogEvents", request));

    private static string[] Messages(JsonNode answer) => [.. answer["events"]!.AsArray().Select(one => one!["message"]!.GetValue<string>())];
}
