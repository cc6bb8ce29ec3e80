using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.DuckDb;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>Turns files of rows into Parquet, by the types that docs/dms-types.md lists.</summary>
internal sealed class ParquetFiles(DuckDatabase database)
{
    public void Convert(string rows, string file, JsonObject definition, TargetFormat format, bool op)
    {
        var columns = Fixed(format, op).Concat(TargetFormat.Columns(definition).Select(column => (Name: column["target"]!.ToString(), Type: TypeOf(column, format)))).ToList();
        var read = string.Join(", ", columns.Select((_, index) => $"'c{index}': 'VARCHAR'"));
        var select = string.Join(", ", columns.Select((column, index) => $"{Cast($"c{index}", column.Type)} AS {Sql.Identifier(column.Name)}"));
        var version = S3Rules.Is(format.Settings.ParquetVersion, "parquet-2-0") ? "V2" : "V1";
        var codec = format.Gzip ? "gzip" : "uncompressed";
        using var connection = database.Connect();
        connection.Execute(
            $"COPY (SELECT {select} FROM read_csv({Sql.Literal(rows)}, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', nullstr = '', " +
            $"allow_quoted_nulls = false, parallel = false, max_line_size = 67108864, buffer_size = 67108864, columns = {{{read}}})) " +
            $"TO {Sql.Literal(file)} (FORMAT parquet, COMPRESSION {codec}, PARQUET_VERSION {version})");
    }

    private static IEnumerable<(string Name, string Type)> Fixed(TargetFormat format, bool op)
    {
        if (op)
            yield return ("Op", "VARCHAR");
        if (format.Timestamp is { } name)
            yield return (name, "VARCHAR");
    }

    private static string Cast(string column, string type) => type switch
    {
        "VARCHAR" => column,
        "BLOB" => $"unhex({column})",
        "BOOLEAN" => $"{column} = '1'",
        // MySQL has dates that are none, such as 0000-00-00.
        "DATE" or "TIMESTAMP" or "TIMESTAMP_MS" => $"TRY_CAST({column} AS {type})",
        _ => $"CAST({column} AS {type})",
    };

    private static string TypeOf(JsonNode column, TargetFormat format)
    {
        var unsigned = (bool)column["unsigned"]!;
        return column["type"]!.ToString() switch
        {
            "tinyint" => unsigned ? "SMALLINT" : "TINYINT",
            "smallint" => unsigned ? "INTEGER" : "SMALLINT",
            "mediumint" => "INTEGER",
            "int" => unsigned ? "BIGINT" : "INTEGER",
            "bigint" => unsigned ? "DECIMAL(20,0)" : "BIGINT",
            "decimal" when (int)column["precision"]! <= 38 => $"DECIMAL({column["precision"]},{column["scale"]})",
            "float" => "FLOAT",
            "double" => "DOUBLE",
            "date" => "DATE",
            "datetime" or "timestamp" => format.Settings.ParquetTimestampInMillisecond == true ? "TIMESTAMP_MS" : "TIMESTAMP",
            "year" => "SMALLINT",
            "bit" when (int)column["precision"]! == 1 => "BOOLEAN",
            _ => column["kind"]!.ToString() is "binary" or "bit" ? "BLOB" : "VARCHAR",
        };
    }
}
