namespace PipelineStacks.Model.Datasets;

/// <summary>
/// JSON messages that devices publish over MQTT. A topic rule for each of two ways takes them further: to a data stream for whoever can't wait, and to
/// the landing zone. Both shape a message by the same SQL; it is checked against the dataset's columns when the app is synthesised.
/// </summary>
/// <param name="SampleTemplate">What a device publishes, in the grammar of the Kinesis Data Generator. The rules read no other keys.</param>
/// <param name="Filter">The topics, with <c>+</c> for the level that is the device's name.</param>
/// <param name="Select">What the rules make of a message: the columns, by AWS IoT SQL of 2016-03-23.</param>
/// <param name="Where">Which messages count. What it lets through and SELECT can't read goes to quarantine by the error action.</param>
/// <param name="Sequence">The key by which a device numbers what it publishes.</param>
/// <param name="Time">The key with the time that a message speaks of.</param>
public sealed record TopicSource(string SampleTemplate, string Filter, string Select, string Where, string Sequence, string Time)
    : RecordSource(SampleTemplate)
{
    /// <summary>The version of SQL; without it a rule has that of 2015.</summary>
    public const string SqlVersion = "2016-03-23";

    /// <summary>The step that a quarantined message was rejected by, where it was a rule.</summary>
    public const string RuleFailed = "rule-failed";

    private const char Device = '+';

    /// <summary>The SQL of the way to the landing zone, which reports what is no reading.</summary>
    public string DeliverySql => $"SELECT {Select} FROM '{Filter}' WHERE {Where}";

    /// <summary>The SQL of the way to the stream. What is no reading is reported once, and not here.</summary>
    public string StreamSql => $"SELECT {Select} FROM '{Filter}' WHERE ({Where}) AND NOT isUndefined({Sequence})";

    /// <summary>The number of the topic's level that is the device's name, from 1.</summary>
    public int DeviceLevel => Array.IndexOf(Filter.Split('/'), $"{Device}") + 1;

    /// <summary>The topic on which one device publishes.</summary>
    public string TopicOf(string device) => Filter.Replace($"{Device}", device, StringComparison.Ordinal);

    /// <summary>The keys that a device sends; none where the template isn't a JSON object.</summary>
    public IReadOnlyList<string> Payload => Datasets.SampleTemplate.Keys(SampleTemplate) ?? [];
}
