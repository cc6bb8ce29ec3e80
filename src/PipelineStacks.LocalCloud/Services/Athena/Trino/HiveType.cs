namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>A type of the catalog's.</summary>
/// <param name="Sql">It in DuckDB's words.</param>
internal record HiveType(string Sql);

internal sealed record HiveArray(HiveType Element) : HiveType($"{Element.Sql}[]");

internal sealed record HiveMap(HiveType Key, HiveType Value) : HiveType($"MAP({Key.Sql}, {Value.Sql})");

internal sealed record HiveStruct(IReadOnlyList<HiveField> Fields)
    : HiveType($"STRUCT({string.Join(", ", Fields.Select(field => $"{DuckDb.Sql.Identifier(field.Name)} {field.Type.Sql}"))})");

/// <param name="Name">In lower case.</param>
internal sealed record HiveField(string Name, HiveType Type);
