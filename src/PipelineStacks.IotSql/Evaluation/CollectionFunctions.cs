using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>Functions of arrays, objects and of whether there is a value at all.</summary>
internal static class CollectionFunctions
{
    public static IEnumerable<Function> All { get; } =
    [
        new("get", 2, 2, Get),
        new("get_or_default", 2, 2, (_, arguments) => arguments[0].IsUndefined || arguments[0] == SqlValue.Null ? arguments[1] : arguments[0]),
        new("isnull", 1, 1, (_, arguments) => SqlValue.Of(arguments[0] == SqlValue.Null)),
        new("isundefined", 1, 1, (_, arguments) => SqlValue.Of(arguments[0].IsUndefined)),
        new("concat", 1, Function.Any, Concat),
        new("transform", 3, 3, Transform),
    ];

    private static SqlValue Get(MqttMessage message, IReadOnlyList<SqlValue> arguments)
    {
        if (arguments[0] is ObjectValue members)
            return arguments[1] is StringValue name ? members[name.Value] : SqlValue.Undefined;
        if (Conversions.ToNumber(arguments[1])?.ToIndex() is not { } index || index < 0)
            return SqlValue.Undefined;
        return arguments[0] switch
        {
            ArrayValue array when index < array.Items.Count => array.Items[index],
            StringValue text when index < text.Value.Length => new StringValue(text.Value[index].ToString()),
            _ => SqlValue.Undefined,
        };
    }

    private static SqlValue Concat(MqttMessage message, IReadOnlyList<SqlValue> arguments)
    {
        if (arguments.Count == 1)
            return arguments[0];
        if (arguments.Any(argument => argument is ArrayValue))
            return new ArrayValue([.. arguments.SelectMany(argument => argument is ArrayValue array ? array.Items : [argument])]);
        if (!arguments.Any(argument => argument is StringValue))
            return SqlValue.Undefined;
        var texts = arguments.Select(Conversions.ToText).ToList();
        return texts.Contains(null) ? SqlValue.Undefined : new StringValue(string.Concat(texts));
    }

    private static SqlValue Transform(MqttMessage message, IReadOnlyList<SqlValue> arguments)
    {
        if (arguments is not [StringValue { Value: "enrichArray" }, ObjectValue additions, ArrayValue array] || !array.Items.All(item => item is ObjectValue))
            return SqlValue.Undefined;
        return new ArrayValue([.. array.Items.Select(item => Enrich((ObjectValue)item, additions))]);
    }

    private static ObjectValue Enrich(ObjectValue item, ObjectValue additions)
    {
        var members = new OrderedDictionary<string, SqlValue>(item.Members, StringComparer.Ordinal);
        foreach (var (name, value) in additions.Members)
            members[name] = value;
        return new ObjectValue(members);
    }
}
