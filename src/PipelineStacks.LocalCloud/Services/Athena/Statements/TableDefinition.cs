using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary>A table as the statement that would make it.</summary>
internal static class TableDefinition
{
    public static IReadOnlyList<string> Write(CatalogTable table)
    {
        var lines = new List<string> { $"CREATE EXTERNAL TABLE `{table.Database}.{table.Name}`(" };
        AddColumns(lines, table.Columns);
        if (table.PartitionKeys.Count > 0)
        {
            lines.Add("PARTITIONED BY ( ");
            AddColumns(lines, table.PartitionKeys);
        }

        lines.Add("ROW FORMAT SERDE ");
        lines.Add($"  '{table.SerializationLibrary}' ");
        if (table.SerdeParameters.Count > 0)
        {
            lines.Add("WITH SERDEPROPERTIES ( ");
            AddProperties(lines, table.SerdeParameters);
        }

        lines.AddRange(["STORED AS INPUTFORMAT ", $"  '{table.InputFormat}' ", "LOCATION", $"  '{table.Location}'"]);
        if (table.Parameters.Count > 0)
        {
            lines.Add("TBLPROPERTIES (");
            AddProperties(lines, table.Parameters);
        }

        return lines;
    }

    private static void AddColumns(List<string> lines, IReadOnlyList<CatalogColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
            lines.Add($"  `{columns[i].Name}` {columns[i].Type}{(columns[i].Comment is { Length: > 0 } comment ? $" COMMENT '{comment}'" : "")}{(i + 1 < columns.Count ? ", " : ")")}");
    }

    private static void AddProperties(List<string> lines, IReadOnlyDictionary<string, string> properties)
    {
        lines.AddRange(properties.Select(property => $"  '{property.Key}'='{property.Value}', "));
        lines[^1] = lines[^1][..^2] + ")";
    }
}
