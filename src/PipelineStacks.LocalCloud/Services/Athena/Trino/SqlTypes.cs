using System.Globalization;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Athena.Trino;

/// <summary>Types in the words of Trino, DuckDB and Athena's API.</summary>
internal static class SqlTypes
{
    /// <summary>Trino's name in DuckDB's words; null where Trino has no such type.</summary>
    public static string? Simple(string name, IReadOnlyList<string> arguments) => name switch
    {
        "boolean" or "tinyint" or "smallint" or "bigint" or "date" or "uuid" or "json" => name.ToUpperInvariant(),
        "int" or "integer" => "INTEGER",
        "real" or "float" => "FLOAT",
        "double" => "DOUBLE",
        "decimal" => $"DECIMAL({(arguments.Count > 0 ? arguments[0] : "38")},{(arguments.Count > 1 ? arguments[1] : "0")})",
        "varchar" or "char" => arguments.Count > 0 ? $"VARCHAR({arguments[0]})" : "VARCHAR",
        "varbinary" => "BLOB",
        _ => null,
    };

    /// <summary>The type of a decimal literal: as many digits as it shows.</summary>
    public static string DecimalOf(string text)
    {
        var digits = text.TrimStart('+', '-');
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = point < 0 ? 0 : digits.Length - point - 1;
        return string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Math.Max(1, digits.Length - (point < 0 ? 0 : 1))},{scale})");
    }

    /// <summary>A result's type as Trino names it, nested types spelled out.</summary>
    public static string Trino(DuckType type) => type.Id switch
    {
        DuckTypeId.Boolean => "boolean",
        DuckTypeId.TinyInt => "tinyint",
        DuckTypeId.SmallInt or DuckTypeId.UTinyInt => "smallint",
        DuckTypeId.Integer or DuckTypeId.USmallInt => "integer",
        // Sums of integers, which are bigint in Trino.
        DuckTypeId.BigInt or DuckTypeId.UInteger or DuckTypeId.HugeInt or DuckTypeId.UBigInt or DuckTypeId.UHugeInt => "bigint",
        DuckTypeId.Float => "real",
        DuckTypeId.Double => "double",
        DuckTypeId.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({type.Width},{type.Scale})"),
        DuckTypeId.Varchar or DuckTypeId.Enum => "varchar",
        DuckTypeId.Blob => "varbinary",
        DuckTypeId.Date => "date",
        DuckTypeId.Time => "time(3)",
        DuckTypeId.Timestamp or DuckTypeId.TimestampMs or DuckTypeId.TimestampS or DuckTypeId.TimestampNs => "timestamp(3)",
        DuckTypeId.TimestampTz => "timestamp(3) with time zone",
        DuckTypeId.Interval => "interval day to second",
        DuckTypeId.Uuid => "uuid",
        DuckTypeId.List or DuckTypeId.Array => $"array({Trino(type.Fields[0].Type)})",
        DuckTypeId.Map => $"map({Trino(type.Fields[0].Type)}, {Trino(type.Fields[1].Type)})",
        DuckTypeId.Struct => $"row({string.Join(", ", type.Fields.Select(field => $"{field.Name} {Trino(field.Type)}".TrimStart()))})",
        DuckTypeId.SqlNull => "unknown",
        _ => throw SqlException.NotSupported($"The type {type}"),
    };

    /// <summary>A result's type as Hive names it, for the catalog.</summary>
    public static string ToHive(DuckType type) => type.Id switch
    {
        DuckTypeId.Integer or DuckTypeId.USmallInt => "int",
        DuckTypeId.Float => "float",
        DuckTypeId.Varchar or DuckTypeId.Enum or DuckTypeId.Uuid or DuckTypeId.Time or DuckTypeId.Interval => "string",
        DuckTypeId.Blob => "binary",
        DuckTypeId.Timestamp or DuckTypeId.TimestampMs or DuckTypeId.TimestampS or DuckTypeId.TimestampNs or DuckTypeId.TimestampTz => "timestamp",
        DuckTypeId.List or DuckTypeId.Array => $"array<{ToHive(type.Fields[0].Type)}>",
        DuckTypeId.Map => $"map<{ToHive(type.Fields[0].Type)},{ToHive(type.Fields[1].Type)}>",
        DuckTypeId.Struct => $"struct<{string.Join(",", type.Fields.Select(field => $"{field.Name}:{ToHive(field.Type)}"))}>",
        _ => Trino(type),
    };

    /// <summary>A type of Hive's, as the catalog has it, in DuckDB's words.</summary>
    public static string FromHive(string type) => new HiveTypeReader(type).Read().Sql;
}
