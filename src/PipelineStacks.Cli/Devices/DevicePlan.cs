using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PipelineStacks.Cli.Templates;
using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Devices;

/// <summary>What devices do that people didn't think of, each as a share of the messages.</summary>
internal sealed record DeviceHabits(double DropOut = 0.01, double Duplicate = 0.02, double Late = 0.05, double Malformed = 0.005);

/// <summary>A message that a device will publish.</summary>
/// <param name="Filtered">The rule passes over it: it is no reading that counts.</param>
/// <param name="Repeats">Published a second time, since the acknowledgement got lost.</param>
/// <param name="DropsBefore">The network goes away before it: the device connects again.</param>
internal sealed record PlannedMessage(byte[] Payload, bool Filtered, bool Malformed, bool Late, bool Repeats, bool DropsBefore);

/// <summary>
/// What one device publishes: readings that it numbers itself, from the dataset's template. The same seed gives the same messages, but for the time that it
/// begins at. What it measured while it had no network comes late, and after newer readings.
/// </summary>
internal sealed class DevicePlan
{
    private const int MostOvertaken = 9;

    private static readonly TimeSpan LongestOutage = TimeSpan.FromHours(30);

    private readonly TopicSource _source;
    private readonly DeviceHabits _habits;
    private readonly RecordTemplate _template;
    private readonly Query _rule;
    private readonly Draws _draws;
    private readonly Xoshiro _random;
    private readonly RecordBuffer _buffer = new(1024);

    public DevicePlan(TopicSource source, DeviceHabits habits, TimeProvider time, ulong seed, int device)
    {
        (_source, _habits) = (source, habits);
        _rule = RuleTest.Parse(source.DeliverySql);
        _template = RecordTemplate.Parse(source.SampleTemplate);
        _draws = new Draws(time, seed + ((ulong)device * 0x9E37_79B9));
        _random = new Xoshiro((seed ^ 0x4445_5649_4345) + (ulong)device);
    }

    /// <summary>The messages in the order in which they are published.</summary>
    /// <param name="start">When the first was measured.</param>
    /// <param name="first">The first one's number.</param>
    public IReadOnlyList<PlannedMessage> Messages(int count, DateTimeOffset start, TimeSpan interval, long first)
    {
        List<(double Place, PlannedMessage Message)> messages = [];
        for (var i = 0; i < count; i++)
        {
            var (late, malformed) = (Happens(_habits.Late), Happens(_habits.Malformed));
            var measured = start + (i * interval) - (late ? LongestOutage * _random.NextDouble() : TimeSpan.Zero);
            var (payload, filtered) = Payload(first + i, measured, malformed);
            // What is late comes after newer ones.
            messages.Add((i + (late ? 1 + (MostOvertaken * _random.NextDouble()) : 0), new(
                payload, filtered, malformed, late, !malformed && Happens(_habits.Duplicate), Happens(_habits.DropOut))));
        }

        return [.. messages.OrderBy(message => message.Place).Select(message => message.Message)];
    }

    private bool Happens(double share) => _random.NextDouble() < share;

    private (byte[] Payload, bool Filtered) Payload(long number, DateTimeOffset measured, bool malformed)
    {
        _buffer.Length = 0;
        _template.Render(_buffer, _draws);
        var reading = JsonNode.Parse(Encoding.UTF8.GetString(_buffer.Written))!.AsObject();
        reading[_source.Sequence] = number;
        reading[_source.Time] = measured.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var bytes = Encoding.UTF8.GetBytes(reading.ToJsonString());
        // As a device does whose memory was full: the end is missing.
        return malformed ? (bytes[..(bytes.Length / 2)], false) : (bytes, !_rule.Evaluate(new MqttMessage(_source.Filter, bytes)).Matched);
    }
}
