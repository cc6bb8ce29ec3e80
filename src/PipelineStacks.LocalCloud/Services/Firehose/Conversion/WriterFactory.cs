using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>Makes the writers for a schema. They hold state: each thread has its own.</summary>
internal sealed class WriterFactory(JsonRules rules, RecordText record)
{
    public ObjectFields ForRecord(IReadOnlyList<DuckColumn> columns) =>
        new([.. columns.Select(column => (rules.KeyOfColumn.GetValueOrDefault(column.Name, column.Name), Make(column.Name, column.Type)))], rules);

    private ValueWriter Make(string path, DuckType type) => type.Id switch
    {
        DuckTypeId.TinyInt or DuckTypeId.SmallInt or DuckTypeId.Integer or DuckTypeId.BigInt => new IntegerWriter(path, type, rules.Lenient),
        DuckTypeId.Float or DuckTypeId.Double => new FloatingWriter(path, type, rules.Lenient),
        DuckTypeId.Decimal => new DecimalWriter(path, type, rules.Lenient),
        DuckTypeId.Boolean => new BooleanWriter(path, rules.Lenient),
        DuckTypeId.Timestamp => new TimestampWriter(path, rules.Timestamps),
        DuckTypeId.Date => new DateWriter(path),
        DuckTypeId.Varchar => Text(path, type),
        DuckTypeId.List => new ListWriter(path, type, Make(path, type.Fields[0].Type)),
        DuckTypeId.Map => new MapWriter(path, type, Text(path, type.Fields[0].Type), Make(path, type.Fields[1].Type)),
        DuckTypeId.Struct => new StructWriter(path, type,
            new([.. type.Fields.Select(field => (field.Name, Make($"{path}.{field.Name}", field.Type)))], rules)),
        _ => throw new FormatException($"The type {type} of {path} is not one that JSON is converted to."),
    };

    private StringWriter Text(string path, DuckType type) => new(path, type.Width, rules.Lenient, record);
}
