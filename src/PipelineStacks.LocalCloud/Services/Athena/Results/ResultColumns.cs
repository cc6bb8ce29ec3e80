using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;

namespace PipelineStacks.LocalCloud.Services.Athena.Results;

/// <summary>Columns as GetQueryResults describes them.</summary>
internal static class ResultColumns
{
    public static ColumnInfo Of(string name, DuckType type)
    {
        var full = SqlTypes.Trino(type);
        var kind = full.StartsWith("timestamp(3)", StringComparison.Ordinal) ? full.Replace("(3)", "", StringComparison.Ordinal) : full.Split('(')[0];
        var (precision, scale) = kind switch
        {
            "tinyint" => (3, 0),
            "smallint" => (5, 0),
            "integer" => (10, 0),
            "bigint" => (19, 0),
            "real" => (17, 0),
            "double" => (17, 0),
            "decimal" => (type.Width, type.Scale),
            "varchar" => (int.MaxValue, 0),
            "varbinary" => (1073741824, 0),
            "timestamp" or "timestamp with time zone" => (3, 0),
            _ => (0, 0),
        };
        return Make(name, kind is "real" ? "float" : kind, precision, scale);
    }

    /// <summary>A column of a statement that is not a query.</summary>
    public static ColumnInfo Text(string name) => Make(name, "string", 0, 0);

    private static ColumnInfo Make(string name, string type, int precision, int scale) =>
        new("hive", "", "", name, name, type, precision, scale, "UNKNOWN", CaseSensitive: type is "varchar");
}
