using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>Which types in a Parquet file can be read as which types of the catalog, as Athena's reader has it.</summary>
internal static class ParquetTypes
{
    /// <summary>The value as the wanted type; null where the types don't go together.</summary>
    public static string? Convert(string name, DuckType actual, string wanted)
    {
        var kind = wanted.Split('(')[0];
        var fits = actual.Id switch
        {
            DuckTypeId.Boolean => kind is "BOOLEAN",
            DuckTypeId.TinyInt or DuckTypeId.SmallInt or DuckTypeId.Integer or DuckTypeId.UTinyInt or DuckTypeId.USmallInt =>
                kind is "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "DECIMAL",
            DuckTypeId.BigInt or DuckTypeId.UInteger => kind is "BIGINT" or "DECIMAL",
            DuckTypeId.Float => kind is "FLOAT" or "DOUBLE",
            DuckTypeId.Double => kind is "DOUBLE",
            DuckTypeId.Decimal => kind is "DECIMAL",
            DuckTypeId.Date => kind is "DATE",
            DuckTypeId.Timestamp or DuckTypeId.TimestampMs or DuckTypeId.TimestampS or DuckTypeId.TimestampNs or DuckTypeId.TimestampTz => kind is "TIMESTAMP",
            DuckTypeId.Varchar or DuckTypeId.Enum or DuckTypeId.Uuid => kind is "VARCHAR",
            DuckTypeId.Blob => kind is "BLOB" or "VARCHAR",
            DuckTypeId.List => wanted.EndsWith("[]", StringComparison.Ordinal),
            DuckTypeId.Map => kind is "MAP",
            DuckTypeId.Struct => kind is "STRUCT",
            _ => false,
        };
        if (!fits || (wanted.EndsWith("[]", StringComparison.Ordinal) && actual.Id is not DuckTypeId.List))
            return null;
        return (actual.Id, kind) switch
        {
            (DuckTypeId.Blob, "VARCHAR") => $"decode({name})",
            (DuckTypeId.TimestampTz, _) => $"({name} AT TIME ZONE 'UTC')",
            _ => actual.ToString() == wanted ? name : $"CAST({name} AS {wanted})",
        };
    }

    /// <summary>How Parquet stores the type, for messages.</summary>
    public static string Physical(DuckType type) => type.Id switch
    {
        DuckTypeId.Boolean => "BOOLEAN",
        DuckTypeId.TinyInt or DuckTypeId.SmallInt or DuckTypeId.Integer or DuckTypeId.UTinyInt or DuckTypeId.USmallInt or DuckTypeId.Date => "INT32",
        DuckTypeId.Float => "FLOAT",
        DuckTypeId.Double => "DOUBLE",
        DuckTypeId.Varchar or DuckTypeId.Blob or DuckTypeId.Enum => "BINARY",
        DuckTypeId.Decimal when type.Width > 18 => "FIXED_LEN_BYTE_ARRAY",
        DuckTypeId.List or DuckTypeId.Map or DuckTypeId.Struct => "GROUP",
        _ => "INT64",
    };

    /// <summary>A type of the catalog as Trino names it.</summary>
    public static string Declared(string type) => type switch
    {
        "FLOAT" => "real",
        "BLOB" => "varbinary",
        "TIMESTAMP" => "timestamp(3)",
        _ => type.ToLowerInvariant(),
    };
}
