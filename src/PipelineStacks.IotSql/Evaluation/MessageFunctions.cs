using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>What is known of the message besides its payload.</summary>
internal static class MessageFunctions
{
    public static IEnumerable<Function> All { get; } =
    [
        new("topic", 0, 1, Topic),
        new("clientid", 0, 0, (message, _) => new StringValue(message.ClientId ?? "n/a")),
        new("principal", 0, 0, (message, _) => SqlValue.Of(message.Principal)),
        new("traceid", 0, 0, (message, _) => SqlValue.Of(message.TraceId)),
        new("sourceip", 0, 0, (message, _) => SqlValue.Of(message.SourceIp)),
        new("accountid", 0, 0, (message, _) => new StringValue(message.AccountId)),
        new("timestamp", 0, 0, (message, _) => NumberValue.Of(message.Time.ToUnixTimeMilliseconds())),
        new("newuuid", 0, 0, (_, _) => new StringValue(Guid.NewGuid().ToString())),
        new("sql_version", 0, 0, (_, _) => new StringValue("2016-03-23")),
        new("get_mqtt_property", 1, 1, Property),
        new("get_user_properties", 1, 1, UserProperties),
    ];

    private static SqlValue Topic(MqttMessage message, IReadOnlyList<SqlValue> arguments)
    {
        if (arguments.Count == 0)
            return new StringValue(message.Topic);
        if (Conversions.ToNumber(arguments[0]) is not { } number)
            return SqlValue.Undefined;
        var levels = message.Topic.Split('/');
        var index = number.ToIndex();
        return index >= 1 && index <= levels.Length ? new StringValue(levels[index - 1]) : SqlValue.Undefined;
    }

    private static SqlValue Property(MqttMessage message, IReadOnlyList<SqlValue> arguments) =>
        arguments[0] is StringValue name ? SqlValue.Of(message.Properties.GetValueOrDefault(name.Value)) : SqlValue.Undefined;

    private static SqlValue UserProperties(MqttMessage message, IReadOnlyList<SqlValue> arguments)
    {
        if (arguments[0] is not StringValue name)
            return SqlValue.Undefined;
        SqlValue[] values = [.. message.UserProperties.Where(property => property.Key == name.Value).Select(property => new StringValue(property.Value))];
        return values.Length == 0 ? SqlValue.Undefined : new ArrayValue(values);
    }
}
