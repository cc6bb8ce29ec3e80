using System.Buffers;
using System.Globalization;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

/// <summary>
/// Recognises delimited text by the rules of Glue's CSV classifier:
/// <see href="https://docs.aws.amazon.com/glue/latest/dg/add-classifier.html"/>.
/// </summary>
internal static class CsvInference
{
    private const string Delimiters = ",|\t;\u0001";
    private const int MaxHeader = 150;

    // Rows that a broken writer cut short don't make a file another format.
    private const double MostRows = 0.9;

    private static readonly SearchValues<char> NumberLetters = SearchValues.Create("0123456789+-.eE");

    /// <returns>Null for what is no such text.</returns>
    public static FileSchema? Read(FileSample sample, CsvClassifier? custom = null)
    {
        var text = sample.Text;
        if (text.Contains('\0', StringComparison.Ordinal))
            return null;
        var quote = custom?.QuoteSymbol is { Length: 1 } symbol ? symbol[0] : '"';
        var trim = custom?.DisableValueTrimming != true;
        var least = custom?.AllowSingleColumn == true ? 1 : 2;
        (char Delimiter, CsvRows Rows, int Width)? best = null;
        foreach (var delimiter in custom?.Delimiter is { Length: 1 } given ? given : Delimiters)
        {
            var rows = CsvRows.Split(text, delimiter, quote, sample.IsWhole, trim);
            var width = Width(rows.Rows);
            if (rows.Rows.Count >= 2 && width >= least && (best is null || width > best.Value.Width))
                best = (delimiter, rows, width);
        }

        return best is { } found ? Schema(sample, found.Delimiter, quote, found.Rows, found.Width, custom) : null;
    }

    /// <summary>What a value is by itself; null for an empty one.</summary>
    public static string? TypeOf(string value)
    {
        if (value.Length == 0)
            return null;
        if (value.Equals("true", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase))
            return "boolean";
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return "bigint";
        // Words such as NaN and Infinity are none.
        return value.AsSpan().ContainsAnyExcept(NumberLetters)
            || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || double.IsInfinity(number)
            ? "string" : "double";
    }

    private static int Width(IReadOnlyList<string[]> rows) =>
        rows.Count > 0 && rows[0].Length is var width && rows.Count(row => row.Length == width) >= MostRows * rows.Count ? width : 0;

    private static FileSchema Schema(FileSample sample, char delimiter, char quote, CsvRows split, int width, CsvClassifier? custom)
    {
        var rows = split.Rows.Where(row => row.Length == width).ToList();
        var named = custom?.Header is { Count: > 0 };
        var hasHeader = custom?.ContainsHeader switch
        {
            "PRESENT" => true,
            "ABSENT" => false,
            _ => IsHeader(rows) || (named && rows[0].SequenceEqual(custom!.Header!, StringComparer.OrdinalIgnoreCase)),
        };
        var data = hasHeader ? rows.GetRange(1, rows.Count - 1) : rows;
        var header = named ? custom!.Header! : hasHeader ? rows[0] : [];
        var isOpenCsv = custom?.Serde is "OpenCSVSerDe";
        var columns = Enumerable.Range(0, width).Select(i => new InferredColumn(NameOf(header, i), TypeOf(i, data, custom, isOpenCsv))).ToList();
        return new(
            new("csv", sample.Compression) { Delimiter = delimiter, Quote = quote, HasHeader = hasHeader, IsQuoted = split.IsQuoted, IsOpenCsv = isOpenCsv },
            Unique(columns), data.Count);
    }

    // The first row names the columns if all of it are valid names and some row is sufficiently different: it has a value that is no string.
    private static bool IsHeader(List<string[]> rows)
    {
        var first = rows[0];
        for (var i = 0; i < first.Length; i++)
        {
            var isLast = i == first.Length - 1;
            // A trailing delimiter makes a last column that is empty throughout.
            if (first[i].Length == 0 && isLast && rows.TrueForAll(row => row[i].Length == 0))
                continue;
            if (TypeOf(first[i]) is not "string" || (!isLast && first[i].Length >= MaxHeader) || !IsName(first[i]))
                return false;
        }

        return rows.Skip(1).Any(row => row.Any(value => TypeOf(value) is not (null or "string")));
    }

    private static bool IsName(string text) => text.Length <= 255 && text.All(letter => letter >= ' ' && letter is not ('\uFFFE' or '\uFFFF') || letter == '\t');

    private static string NameOf(IReadOnlyList<string> header, int index) =>
        index < header.Count && header[index].Trim() is { Length: > 0 } name
            ? name.ToLowerInvariant() : $"col{(index + 1).ToString(CultureInfo.InvariantCulture)}";

    private static InferredType TypeOf(int index, List<string[]> data, CsvClassifier? custom, bool isOpenCsv)
    {
        if (custom?.CustomDatatypeConfigured == true && custom.CustomDatatypes is { } types && index < types.Count)
            return InferredType.Scalar(types[index].ToUpperInvariant() switch { "LONG" => "bigint", "SHORT" => "smallint", var type => type.ToLowerInvariant() });
        // OpenCSVSerde hands strings out, whatever they hold.
        if (isOpenCsv)
            return InferredType.Scalar("string");
        var merged = InferredType.Unknown;
        foreach (var row in data)
            if (TypeOf(row[index]) is { } type)
                merged = InferredType.Merge(merged, InferredType.Scalar(type));
        return merged;
    }

    private static IReadOnlyList<InferredColumn> Unique(List<InferredColumn> columns)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. columns.Select(column =>
        {
            var name = column.Name;
            for (var i = 1; !taken.Add(name); i++)
                name = $"{column.Name}_{i.ToString(CultureInfo.InvariantCulture)}";
            return column with { Name = name };
        })];
    }
}
