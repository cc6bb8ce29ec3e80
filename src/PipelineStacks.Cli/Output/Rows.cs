using System.Globalization;
using System.Text.Json;
using PipelineStacks.Aws.Athena;
using Spectre.Console;

namespace PipelineStacks.Cli.Output;

/// <summary>A table of results, written as people or programs want it.</summary>
internal sealed record Rows(IReadOnlyList<ColumnInfo> Columns, IReadOnlyList<IReadOnlyList<string?>> Values)
{
    private static readonly string[] Numbers = ["tinyint", "smallint", "integer", "int", "bigint", "float", "real", "double", "decimal"];

    public void Write(Terminal terminal, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                terminal.Results.Write(ToTable());
                break;
            case OutputFormat.Csv:
                WriteCsv(terminal.Out);
                break;
            default:
                terminal.Out.WriteLine(ToJson());
                break;
        }
    }

    public Table ToTable()
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in Columns)
            table.AddColumn(new TableColumn(Markup.Escape(column.Name)) { Alignment = IsNumber(column) ? Justify.Right : Justify.Left });
        foreach (var row in Values)
            table.AddRow([.. row.Select((value, i) => Markup.Escape(IsNumber(Columns[i]) ? Grouped(value) : value ?? ""))]);
        return table;
    }

    // RFC 4180.
    private void WriteCsv(TextWriter output)
    {
        output.WriteLine(string.Join(',', Columns.Select(column => Quote(column.Name))));
        foreach (var row in Values)
            output.WriteLine(string.Join(',', row.Select(value => value is null ? "" : Quote(value))));
    }

    private string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var row in Values)
            {
                json.WriteStartObject();
                for (var i = 0; i < row.Count; i++)
                    WriteMember(json, Columns[i], row[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteMember(Utf8JsonWriter json, ColumnInfo column, string? value)
    {
        json.WritePropertyName(column.Name);
        if (value is null)
            json.WriteNullValue();
        else if (IsNumber(column) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            json.WriteRawValue(value);
        else if (column.Type == "boolean" && bool.TryParse(value, out var flag))
            json.WriteBooleanValue(flag);
        else
            json.WriteStringValue(value);
    }

    private static bool IsNumber(ColumnInfo column) => Numbers.Contains(column.Type.Split('(')[0], StringComparer.OrdinalIgnoreCase);

    private static string Grouped(string? value) =>
        long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString("N0", CultureInfo.InvariantCulture) : value ?? "";

    private static string Quote(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 && value.Length > 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
