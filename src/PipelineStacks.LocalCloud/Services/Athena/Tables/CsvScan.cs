using System.Globalization;
using PipelineStacks.LocalCloud.Services.Athena.Trino;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena.Tables;

/// <summary>Reads delimited text by the columns' order, as LazySimpleSerDe and OpenCSVSerde do.</summary>
/// <param name="isQuoted">OpenCSVSerde: values may be quoted, and dates and timestamps are numbers.</param>
internal sealed class CsvScan(bool isQuoted) : ITableScan
{
    public IEnumerable<ScanGroup> Groups(CatalogTable table, IReadOnlyList<TableFile> files)
    {
        var names = table.Columns.Select((_, index) => $"c{index.ToString(CultureInfo.InvariantCulture)}").ToList();
        var options = Options(table, names);
        foreach (var group in files.GroupBy(file => file.Compression))
        {
            IReadOnlyList<TableFile> members = [.. group];
            yield return new(members,
                $"read_csv({DuckDb.Sql.List(members.Select(file => file.Object.File))}, compression = '{group.Key}', {options})",
                [.. table.Columns.Select((column, index) => Convert(names[index], SqlTypes.FromHive(column.Type), column))]);
        }
    }

    private string Options(CatalogTable table, List<string> names)
    {
        var serde = table.SerdeParameters;
        var skip = table.Parameters.GetValueOrDefault("skip.header.line.count") ?? serde.GetValueOrDefault("skip.header.line.count") ?? "0";
        var shape = $"auto_detect = false, header = false, strict_mode = false, null_padding = true, skip = {int.Parse(skip, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}, "
            + $"columns = {{{string.Join(", ", names.Select(name => $"'{name}': 'VARCHAR'"))}}}";
        return isQuoted
            ? $"delim = {Character(serde, "separatorChar", ",")}, quote = {Character(serde, "quoteChar", "\"")}, escape = {Character(serde, "escapeChar", "\\")}, {shape}"
            : $"delim = {Character(serde, "field.delim", "\u0001")}, quote = '', escape = {Character(serde, "escape.delim", "")}, "
                + $"nullstr = {DuckDb.Sql.Literal(serde.GetValueOrDefault("serialization.null.format") ?? @"\N")}, {shape}";
    }

    private static string Character(IReadOnlyDictionary<string, string> serde, string name, string standard)
    {
        var text = serde.GetValueOrDefault(name) ?? (name is "field.delim" ? serde.GetValueOrDefault("serialization.format") : null) ?? standard;
        text = text switch { @"\t" => "\t", @"\001" or "1" => "\u0001", @"\\" => "\\", _ => text };
        return DuckDb.Sql.Literal(text);
    }

    private string Convert(string name, string wanted, CatalogColumn column)
    {
        if (wanted is "VARCHAR")
            return isQuoted ? $"coalesce({name}, '')" : name;
        if (wanted.Contains('[', StringComparison.Ordinal) || wanted.StartsWith("STRUCT", StringComparison.Ordinal) || wanted.StartsWith("MAP", StringComparison.Ordinal))
            throw SqlException.NotSupported($"The type {column.Type} in a table of text");
        return (isQuoted, wanted) switch
        {
            (true, "DATE") => $"(DATE '1970-01-01' + CAST({name} AS INTEGER))",
            (true, "TIMESTAMP") => $"make_timestamp(CAST({name} AS BIGINT) * 1000)",
            (true, _) => $"CAST({name} AS {wanted})",
            // What LazySimpleSerDe can't read is null.
            _ => $"TRY_CAST({name} AS {wanted})",
        };
    }
}
