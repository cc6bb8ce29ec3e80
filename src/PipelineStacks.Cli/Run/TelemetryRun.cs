using System.Globalization;
using PipelineStacks.Aws;
using PipelineStacks.Cli.Devices;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Run;

/// <summary>What devices have published, and what the rule made of it.</summary>
internal sealed record PublishedReadings(FleetReport Fleet, RuleCounts Rule, DateTimeOffset Since);

/// <summary>Lets devices publish over MQTT, and follows what they published through the rule to the landing zone.</summary>
internal sealed class TelemetryRun(CliContext context, AwsClients aws, DeployedEnvironment environment, EnvironmentSettings settings, Dataset dataset)
{
    // Half of what the four shards take that a stream on demand begins with: it is the lake that a run is about.
    private const double MessagesPerSecond = 2_000;

    private readonly TopicSource _source = (TopicSource)dataset.Source;

    public async Task<PublishedReadings> PublishAsync(int devices, double broken, ulong seed, CancellationToken cancel)
    {
        var since = context.Time.GetUtcNow();
        var rule = await environment.OutputAsync(environment.Names.IotStack, Names.DeliveryRuleOutput(dataset.Name), cancel);
        var broker = BrokerOptions.Plain(await aws.Iot.DescribeEndpointAsync(cancel));
        var before = await RuleCounts.ReadAsync(aws, rule, since, cancel);

        var options = new FleetOptions { Devices = devices, Habits = new(Malformed: broken), Seed = seed, Interval = TimeSpan.FromSeconds(devices / MessagesPerSecond) };
        var fleet = new Fleet(context, _source, options, _ => broker);
        var report = await FleetRun.RunAsync(context, fleet, options, cancel);
        return new(report, await RuleCounts.ReadAsync(aws, rule, since, cancel) - before, since);
    }

    public async Task<TelemetrySummary> FollowAsync(PublishedReadings published, CancellationToken cancel)
    {
        var (report, counts, since) = published;
        var workGroup = await environment.OutputAsync(environment.Names.AnalyticsStack, Names.WorkGroupOutput, cancel);
        var bucket = await environment.OutputAsync(environment.Names.StorageStack, Names.BucketOutput(ZoneName.Landing), cancel);
        (long Rows, long Different) landed = default;
        await new DeliveryWait(context, "readings", settings.Delivery.BufferSeconds)
            .WaitAsync(counts.Accepted, async () => (landed = await CountAsync(workGroup, report.First, cancel)).Rows, cancel);
        return new()
        {
            Devices = report.Devices,
            Published = report.Tally.PublishedCount,
            Accepted = counts.Accepted,
            Filtered = counts.Filtered,
            Errors = counts.Errors,
            Delivered = landed.Rows,
            Readings = landed.Different,
            Repeated = report.Tally.RepeatedCount,
            Late = report.Tally.LateCount,
            DropOuts = report.Tally.DropOutCount,
            Difference = Difference(report.Tally, counts, landed),
            Seed = report.Seed,
            PublishSeconds = Math.Round(report.Duration.TotalSeconds, 3),
            PublishedPerSecond = Math.Round(report.PerSecond),
            EndToEndSeconds = Math.Round((await LastFile.UnderAsync(aws, bucket, $"{dataset.Name}/", since, cancel) - since).TotalSeconds, 3),
        };
    }

    /// <summary>The first count that differs from what the devices know that they published.</summary>
    internal static string? Difference(FleetTally sent, RuleCounts counts, (long Rows, long Different) landed)
    {
        (string What, long Is, long Should)[] checks =
        [
            ("accepted, filtered and failed together", counts.Accepted + counts.Filtered + counts.Errors, sent.PublishedCount),
            ("filtered", counts.Filtered, sent.FilteredCount),
            ("failed", counts.Errors, sent.MalformedCount),
            ("delivered", landed.Rows, counts.Accepted),
            ("different readings delivered", landed.Different, sent.ReadingCount),
        ];
        return checks.Where(check => check.Is != check.Should)
            .Select(check => string.Create(CultureInfo.InvariantCulture, $"{check.What} are {check.Is:N0}, and {check.Should:N0} should be")).FirstOrDefault();
    }

    // The devices number a run's readings above those of any earlier one, late ones as well.
    private async Task<(long Rows, long Different)> CountAsync(string workGroup, long first, CancellationToken cancel)
    {
        var keys = string.Join(", ", dataset.Key);
        var landed = $"FROM {dataset.Name} WHERE {dataset.Columns.First(column => column.Key == _source.Sequence).Name} >= {first.ToString(CultureInfo.InvariantCulture)}";
        var result = await aws.Athena.RunAsync(
            $"SELECT (SELECT count(*) {landed}) AS row_count, (SELECT count(*) FROM (SELECT DISTINCT {keys} {landed}) AS keys) AS different",
            workGroup, environment.Names.Database(ZoneName.Landing), cancel);
        return (result.Number(), result.Number(1));
    }
}

/// <summary>What a rule says of the messages on its topics, by its metrics.</summary>
internal sealed record RuleCounts(long Heard, long Accepted, long Errors)
{
    private static readonly TimeSpan Around = TimeSpan.FromMinutes(1);

    /// <summary>Those that WHERE passes over have no metric of their own.</summary>
    public long Filtered => Heard - Accepted - Errors;

    public static RuleCounts operator -(RuleCounts left, RuleCounts right) =>
        new(left.Heard - right.Heard, left.Accepted - right.Accepted, left.Errors - right.Errors);

    public static async Task<RuleCounts> ReadAsync(AwsClients aws, string rule, DateTimeOffset since, CancellationToken cancel)
    {
        return new(await SumAsync("TopicMatch"), await SumAsync("Success", ("ActionType", "Firehose")), await SumAsync("ErrorActionSuccess", ("ActionType", "S3")));

        async Task<long> SumAsync(string metric, params (string, string)[] more) =>
            (long)(await aws.CloudWatch.SumAsync("AWS/IoT", metric, [("RuleName", rule), .. more], since - Around, since + TimeSpan.FromHours(1), cancel) ?? 0);
    }
}
