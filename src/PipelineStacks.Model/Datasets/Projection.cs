using System.Globalization;

namespace PipelineStacks.Model.Datasets;

/// <summary>The values that a partition column can have, as Athena's partition projection takes them.</summary>
public abstract record Projection
{
    /// <summary>The table's parameters, without <c>projection.column.</c> before them.</summary>
    public abstract IReadOnlyDictionary<string, string> Parameters { get; }
}

/// <summary>Every day from the first one until now.</summary>
public sealed record DailyProjection(DateOnly Since) : Projection
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Parameters => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["type"] = "date",
        ["format"] = "yyyy-MM-dd",
        ["range"] = $"{Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)},NOW",
        ["interval"] = "1",
        ["interval.unit"] = "DAYS",
    };
}

/// <summary>A few known values.</summary>
public sealed record EnumProjection(params string[] Values) : Projection
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Parameters => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["type"] = "enum",
        ["values"] = string.Join(',', Values),
    };
}
