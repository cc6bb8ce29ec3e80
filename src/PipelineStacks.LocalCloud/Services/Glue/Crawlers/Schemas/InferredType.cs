using System.Globalization;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Athena.Trino;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

/// <summary>A type that was seen in data, in a form that can be merged with what is seen elsewhere.</summary>
/// <param name="Hive">As the catalog has it.</param>
internal abstract record InferredType(string Hive)
{
    /// <summary>Nothing but nulls so far: it gives way to any other type, and is a string where there is none.</summary>
    public static readonly InferredType Unknown = new ScalarType("string");

    private static readonly string[] Integers = ["tinyint", "smallint", "int", "bigint"];

    public static InferredType Scalar(string hive) => new ScalarType(hive);

    public static InferredType From(DuckType type) => type.Id switch
    {
        DuckTypeId.List or DuckTypeId.Array => new ArrayType(From(type.Fields[0].Type)),
        DuckTypeId.Struct => new StructType([.. type.Fields.Select(field => new InferredColumn(field.Name, From(field.Type)))]),
        _ => Scalar(SqlTypes.ToHive(type)),
    };

    /// <summary>The type that holds both: numbers widen, structs have the fields of both, and what does not go together is a string.</summary>
    public static InferredType Merge(InferredType first, InferredType second) => (first, second) switch
    {
        _ when ReferenceEquals(first, Unknown) => second,
        _ when ReferenceEquals(second, Unknown) => first,
        (ArrayType a, ArrayType b) => new ArrayType(Merge(a.Element, b.Element)),
        (StructType a, StructType b) => new StructType(InferredColumn.Merge(a.Fields, b.Fields)),
        (ScalarType a, ScalarType b) => a == b ? a : Scalar(Number(a.Hive, b.Hive) ?? "string"),
        _ => Scalar("string"),
    };

    private static string? Number(string first, string second)
    {
        var (a, b) = (Array.IndexOf(Integers, first), Array.IndexOf(Integers, second));
        if (a >= 0 && b >= 0)
            return Integers[Math.Max(a, b)];
        if (Decimal(first) is { } left && Decimal(second) is { } right)
        {
            var scale = Math.Max(left.Scale, right.Scale);
            return string.Create(CultureInfo.InvariantCulture, $"decimal({Math.Min(38, Math.Max(left.Width - left.Scale, right.Width - right.Scale) + scale)},{scale})");
        }

        return IsNumber(first) && IsNumber(second) ? "double" : null;
    }

    private static bool IsNumber(string type) => Integers.Contains(type) || type is "float" or "double" || Decimal(type) is not null;

    private static (int Width, int Scale)? Decimal(string type) =>
        type.StartsWith("decimal(", StringComparison.Ordinal) && type[8..^1].Split(',') is [var width, var scale]
            ? (int.Parse(width, CultureInfo.InvariantCulture), int.Parse(scale, CultureInfo.InvariantCulture)) : null;
}

internal sealed record ScalarType(string Hive) : InferredType(Hive);

internal sealed record ArrayType(InferredType Element) : InferredType($"array<{Element.Hive}>");

internal sealed record StructType(IReadOnlyList<InferredColumn> Fields)
    : InferredType($"struct<{string.Join(",", Fields.Select(field => $"{field.Name}:{field.Type.Hive}"))}>");

/// <summary>A column, or a field of a struct.</summary>
internal sealed record InferredColumn(string Name, InferredType Type)
{
    /// <summary>The first's columns in their order, then those that only the second has.</summary>
    public static IReadOnlyList<InferredColumn> Merge(IReadOnlyList<InferredColumn> first, IReadOnlyList<InferredColumn> second)
    {
        var merged = first.ToList();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < merged.Count; i++)
            places.TryAdd(merged[i].Name, i);
        foreach (var column in second)
        {
            if (places.TryAdd(column.Name, merged.Count))
                merged.Add(column);
            else if (places[column.Name] is var place)
                merged[place] = new(column.Name, InferredType.Merge(merged[place].Type, column.Type));
        }

        return merged;
    }
}
