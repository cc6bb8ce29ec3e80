using System.Globalization;
using PipelineStacks.LocalCloud.Services.Athena.Trino;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>
/// Reads values of DuckDB's type JSON as the columns' types, however nested. The keys of structs are found without regard to
/// case, as the SerDes do; those that the type does not name are passed over, and those that are missing are null.
/// </summary>
internal static class JsonValue
{
    /// <param name="json">An expression of type JSON.</param>
    public static string Read(string json, HiveType type) => Read(json, type, 0);

    private static string Read(string json, HiveType type, int depth)
    {
        // A variable of its own at each depth, since lambdas within lambdas would hide each other's.
        var item = $"item{depth.ToString(CultureInfo.InvariantCulture)}";
        return type switch
        {
            HiveArray array => $"list_transform(CAST({json} AS JSON[]), lambda {item}: {Read(item, array.Element, depth + 1)})",
            HiveMap map => $"map_from_entries(list_transform(map_entries(CAST({json} AS MAP(VARCHAR, JSON))), lambda {item}: "
                + $"{{'key': CAST({item}.key AS {map.Key.Sql}), 'value': {Read($"{item}.value", map.Value, depth + 1)}}}))",
            HiveStruct row => $"""
                CASE WHEN coalesce(json_type({json}), 'NULL') = 'NULL' THEN NULL
                WHEN json_type({json}) = 'OBJECT' THEN struct_pack({string.Join(", ", row.Fields.Select(field => Field(json, field, depth)))})
                ELSE error('HIVE_BAD_DATA: Data is not JSONObject but ' || {json}) END
                """,
            { Sql: "VARCHAR" } => Text(json),
            // Numbers are seconds or milliseconds since 1970.
            { Sql: "TIMESTAMP" } => $"""
                CASE WHEN json_type({json}) IN ('UBIGINT', 'BIGINT', 'DOUBLE')
                THEN make_timestamp((CAST({Text(json)} AS DOUBLE) * CASE WHEN abs(CAST({Text(json)} AS DOUBLE)) < 1e11 THEN 1e6 ELSE 1e3 END)::BIGINT)
                ELSE CAST({Text(json)} AS TIMESTAMP) END
                """,
            _ => $"CAST({Text(json)} AS {type.Sql})",
        };
    }

    private static string Field(string json, HiveField field, int depth)
    {
        var key = $"key{depth.ToString(CultureInfo.InvariantCulture)}";
        var found = $"list_filter(json_keys({json}), lambda {key}: lower({key}) = {DuckDb.Sql.Literal(field.Name)})[1]";
        return $"{DuckDb.Sql.Identifier(field.Name)} := {Read($"json_extract({json}, '$.\"' || {found} || '\"')", field.Type, depth + 1)}";
    }

    private static string Text(string json) => $"json_extract_string({json}, '$')";
}
