using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.Alarms;

/// <summary>
/// A cloud in virtual time with the monitoring stack of qa, deployed by CloudFormation over a stream, its delivery into a bucket, and whatever else a
/// test brings. Nothing here writes a metric: alarms see what the services emit.
/// </summary>
internal sealed class AlarmCloud(TestCloud cloud)
{
    private const string Kinesis = "Kinesis_20131202.";
    private const string CloudWatch = "GraniteServiceVersion20100801.";

    private readonly Dictionary<string, string> _outputs = [];

    public TestCloud Cloud => cloud;

    /// <param name="more">What stands for imports of the template besides those of the film events.</param>
    public async Task DeployAsync(params (string Import, string Value)[] more)
    {
        Dictionary<string, string> resources = new()
        {
            ["DataKey"] = $"arn:aws:kms:{TestCloud.Region}:{TestCloud.Account}:key/data",
            ["LandingZoneBucket"] = "lake",
            ["FilmEventsStream"] = "events",
            ["FilmEventsDelivery"] = "events",
            ["DeviceReadingsStream"] = "readings",
            ["DeviceReadingsDelivery"] = "readings",
            ["DatabaseInstance"] = "database",
            ["AdminFunction"] = "admin",
            ["ReplicationTask"] = $"arn:aws:dms:{TestCloud.Region}:{TestCloud.Account}:task:pipelines-qa-task",
        };
        foreach (var (import, value) in more)
            resources[import] = value;
        // As a text of its own it is longer than CloudFormation takes; the CDK CLI brings it by S3 as well.
        await cloud.ProvisionAsync("AWS::S3::Bucket", """{"BucketName":"templates"}""");
        await cloud.Get<IObjectStore>().PutAsync(cloud.Call, "templates", "monitoring.json", Encoding.UTF8.GetBytes(MonitoringTemplate.Of("qa", resources)), "application/json");
        await cloud.QueryAsync("cloudformation", "CreateStack", ("StackName", "pipelines-qa-monitoring"), ("TemplateURL", "s3://templates/monitoring.json"));
        var stack = await StackAsync();
        // A stack is created beside the clock: virtual time stands still meanwhile.
        while (stack.Element("StackStatus")!.Value == "CREATE_IN_PROGRESS")
        {
            await Task.Delay(5);
            stack = await StackAsync();
        }

        stack.Element("StackStatus")!.Value.ShouldBe("CREATE_COMPLETE", stack.ToString());
        foreach (var output in stack.Element("Outputs")!.Elements("member"))
            _outputs[output.Element("OutputKey")!.Value] = output.Element("OutputValue")!.Value;
        // From the middle of a minute to the next: what happens in a minute is evaluated ten seconds after it, before the next step.
        await cloud.AdvanceAsync(TimeSpan.FromSeconds((90 - cloud.Now.Second) % 60));
    }

    /// <summary>A stream of one shard and its delivery as Parquet, as the streaming stack of qa has it.</summary>
    public async Task StreamAsync()
    {
        await cloud.JsonAsync(Kinesis + "CreateStream", """{"StreamName":"events","ShardCount":1}""");
        // It will be read in the middle of seconds, so that others may come before it.
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(59.5));
        await TableAsync();
        await DeliverAsync();
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(120.5));
    }

    public Task TableAsync() => cloud.JsonAsync("AWSGlue.CreateTable", """
        {"DatabaseName":"landing","TableInput":{"Name":"events","StorageDescriptor":{"Columns":[{"Name":"event_id","Type":"string"},{"Name":"film_id","Type":"int"}]}}}
        """);

    public Task DeliverAsync() => cloud.JsonAsync("Firehose_20150804.CreateDeliveryStream", $$"""
        {
          "DeliveryStreamName": "events", "DeliveryStreamType": "KinesisStreamAsSource",
          "KinesisStreamSourceConfiguration": { "KinesisStreamARN": "arn:aws:kinesis:{{TestCloud.Region}}:{{TestCloud.Account}}:stream/events", "RoleARN": "arn:aws:iam::{{TestCloud.Account}}:role/firehose" },
          "ExtendedS3DestinationConfiguration": {
            "RoleARN": "arn:aws:iam::{{TestCloud.Account}}:role/firehose", "BucketARN": "arn:aws:s3:::lake",
            "Prefix": "film_events/arrival_date=!{timestamp:yyyy-MM-dd}/", "ErrorOutputPrefix": "quarantine/film_events/!{firehose:error-output-type}/",
            "BufferingHints": { "IntervalInSeconds": 60, "SizeInMBs": 64 },
            "DataFormatConversionConfiguration": {
              "SchemaConfiguration": { "RoleARN": "arn:aws:iam::{{TestCloud.Account}}:role/firehose", "DatabaseName": "landing", "TableName": "events" },
              "InputFormatConfiguration": { "Deserializer": { "OpenXJsonSerDe": {} } }, "OutputFormatConfiguration": { "Serializer": { "ParquetSerDe": {} } } } } }
        """);

    public Task<JsonNode> PutAsync(int count, string film = "1") => cloud.JsonAsync(Kinesis + "PutRecords", JsonSerializer.Serialize(new
    {
        StreamName = "events",
        Records = Enumerable.Range(0, count).Select(i => new { Data = Encoding.UTF8.GetBytes($$"""{"event_id":"e{{i}}","film_id":{{film}}}"""), PartitionKey = "hot" }),
    }));

    /// <summary>A read that the shard may refuse.</summary>
    public async Task TryReadAsync(string iterator, int limit = 100)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Host.Endpoint);
        request.Headers.Add("X-Amz-Target", Kinesis + "GetRecords");
        request.Content = new StringContent($$"""{"ShardIterator":"{{iterator}}","Limit":{{limit}}}""", Encoding.UTF8, "application/x-amz-json-1.1");
        using var response = await TestCloud.SendAsync(request, "kinesis");
        ((int)response.StatusCode).ShouldBeOneOf(200, 400);
    }

    /// <summary>Minutes in which something happens at the beginning of each.</summary>
    public async Task MinutesAsync(int count, Func<Task>? each = null)
    {
        for (var i = 0; i < count; i++)
        {
            if (each is not null)
                await each();
            await cloud.AdvanceAsync(TimeSpan.FromMinutes(1));
        }
    }

    public async Task<string> StateAsync(string alarm) => (string)(await AlarmsAsync()).Single(one => (string)one["AlarmName"]! == $"pipelines-qa-{alarm}")["StateValue"]!;

    /// <summary>The alarms that fire, without the environment's beginning.</summary>
    public async Task<IReadOnlyList<string>> FiringAsync() =>
        [.. (await AlarmsAsync()).Where(alarm => (string)alarm["StateValue"]! == "ALARM").Select(alarm => ((string)alarm["AlarmName"]!)["pipelines-qa-".Length..]).Order(StringComparer.Ordinal)];

    /// <summary>Minutes, with what happens in each, until the alarm fires: how many it took.</summary>
    public async Task<int> UntilAsync(string alarm, string state, int limit, Func<Task>? each = null)
    {
        for (var minute = 1; minute <= limit; minute++)
        {
            await MinutesAsync(1, each);
            if (await StateAsync(alarm) == state)
                return minute;
        }

        throw new InvalidOperationException($"{alarm} is not {state} after {limit} minutes.");
    }

    /// <summary>The subjects in a topic's inbox that are about an alarm, oldest first, as <c>ALARM</c> and <c>OK</c>.</summary>
    public async Task<IReadOnlyList<string>> MailsAsync(string alarm, string topic = "Warning") =>
        [.. (await SubjectsAsync(topic)).Where(subject => subject.Contains($"\"pipelines-qa-{alarm}\"", StringComparison.Ordinal)).Select(subject => subject.Split(':')[0])];

    /// <summary>The subjects of all mails that an alarm fires.</summary>
    public async Task<IReadOnlyList<string>> CallsAsync() =>
        [.. (await SubjectsAsync("Warning")).Concat(await SubjectsAsync("Critical")).Where(subject => subject.StartsWith("ALARM:", StringComparison.Ordinal))];

    private async Task<IReadOnlyList<string>> SubjectsAsync(string topic)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cloud.Host.Endpoint, $"/_local/sns/{_outputs[$"{topic}TopicArn"]}"));
        using var response = await TestCloud.SendAsync(request, null);
        return [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string?)JsonNode.Parse(line)!["Subject"]).OfType<string>()];
    }

    private async Task<IReadOnlyList<JsonNode>> AlarmsAsync()
    {
        var page = await cloud.JsonAsync(CloudWatch + "DescribeAlarms", """{"AlarmTypes":["MetricAlarm","CompositeAlarm"],"MaxRecords":100}""");
        return [.. page["MetricAlarms"]!.AsArray().Concat(page["CompositeAlarms"]!.AsArray()).Select(alarm => alarm!)];
    }

    private async Task<System.Xml.Linq.XElement> StackAsync() =>
        (await cloud.QueryAsync("cloudformation", "DescribeStacks", ("StackName", "pipelines-qa-monitoring"))).Descendants("Stacks").Single().Element("member")!;
}
