namespace PipelineStacks.Model.Datasets;

/// <summary>
/// What devices measure. A device keeps what it can't send, so that readings come late, out of order and, after an acknowledgement that was lost,
/// twice: each counts once, by device and number, on the day that it was measured. Messages of devices under test are nobody's readings.
/// </summary>
internal static class DeviceReadings
{
    private const string Sample =
        """
        {
          "sequence_number": {{random.number({"min": 1, "max": 1000000})}},
          "read_at": "{{date.utc(YYYY-MM-DD HH:mm:ss)}}",
          "temperature": {{random.number({"min": -10, "max": 40})}},
          "humidity": {{random.number({"min": 0, "max": 100})}},
          "battery": {{random.number({"min": 5, "max": 100})}},
          "mode": "{{random.weightedArrayElement({"weights": [0.95, 0.05], "data": ["live", "test"]})}}"
        }
        """;

    public static Dataset Definition { get; } = new()
    {
        Name = "device_readings",
        Pipeline = "telemetry",
        Description = "Something that a device measured",
        Columns =
        [
            new("device_id", "string", "The device, by the topic that it may publish on"),
            new("sequence_number", "bigint", "The device's own count of its readings, which a repeated one repeats"),
            new("read_at", "timestamp", "When it was measured, in UTC"),
            new("temperature", "double", "Degrees Celsius"),
            new("humidity", "double", "Relative humidity in percent"),
            new("battery", "int", "What is left of the battery, in percent"),
            new("received_at", "timestamp", "When the message arrived, in UTC"),
        ],
        Key = ["device_id", "sequence_number"],
        Partition = new("read_date", Of: "read_at"),
        Source = new TopicSource(
            Sample,
            Filter: "telemetry/+/readings",
            Select: "*, topic(2) AS device_id, parse_time('yyyy-MM-dd HH:mm:ss.SSS', timestamp(), 'UTC') AS received_at",
            // What isn't Boolean makes OR undefined: without CASE a message without a mode would be filtered, and so would one that isn't JSON.
            Where: "CASE isUndefined(mode) WHEN true THEN true ELSE mode <> 'test' END",
            Sequence: "sequence_number",
            Time: "read_at"),
        Quality =
        [
            new NotNull("read_at"),
            new InRange("temperature", -60, 90),
            new InRange("humidity", 0, 100),
            new InRange("battery", 0, 100),
        ],
        Freshness = TimeSpan.FromMinutes(15),
    };
}
