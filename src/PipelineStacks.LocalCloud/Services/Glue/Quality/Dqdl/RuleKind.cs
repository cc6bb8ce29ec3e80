namespace PipelineStacks.LocalCloud.Services.Glue.Quality.Dqdl;

/// <summary>What a kind of rule takes.</summary>
/// <param name="Arguments">How many texts stand behind it, at least and at most.</param>
internal sealed record RuleKind((int Least, int Most) Arguments, ConditionOf Condition, bool HasThreshold = false, bool HasWhere = true)
{
    public static readonly IReadOnlyDictionary<string, RuleKind> Supported = new Dictionary<string, RuleKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["RowCount"] = new((0, 0), ConditionOf.Number),
        ["ColumnCount"] = new((0, 0), ConditionOf.Number, HasWhere: false),
        ["ColumnExists"] = new((1, 1), ConditionOf.Nothing, HasWhere: false),
        ["IsComplete"] = new((1, 1), ConditionOf.Nothing),
        ["Completeness"] = new((1, 1), ConditionOf.Number),
        ["IsUnique"] = new((1, 1), ConditionOf.Nothing),
        ["Uniqueness"] = new((1, 1), ConditionOf.Number),
        ["IsPrimaryKey"] = new((1, 20), ConditionOf.Nothing),
        ["UniqueValueRatio"] = new((1, 1), ConditionOf.Number),
        ["DistinctValuesCount"] = new((1, 1), ConditionOf.Number),
        ["ColumnValues"] = new((1, 1), ConditionOf.Values, HasThreshold: true),
        ["ColumnDataType"] = new((1, 1), ConditionOf.Type, HasThreshold: true),
        ["ColumnLength"] = new((1, 1), ConditionOf.Number),
        ["CustomSql"] = new((1, 1), ConditionOf.Number, HasWhere: false),
        ["ReferentialIntegrity"] = new((2, 2), ConditionOf.Number),
        ["Mean"] = new((1, 1), ConditionOf.Number),
        ["Sum"] = new((1, 1), ConditionOf.Number),
        ["StandardDeviation"] = new((1, 1), ConditionOf.Number),
        ["DataFreshness"] = new((1, 1), ConditionOf.Age, HasThreshold: true),
    };

    /// <summary>The other kinds that Glue has, which are refused by their names.</summary>
    public static readonly IReadOnlySet<string> Unsupported = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "AggregateMatch", "ColumnCorrelation", "ColumnNamesMatchPattern", "DatasetMatch", "DetectAnomalies", "Entropy", "FileFreshness", "FileMatch",
        "FileSize", "FileUniqueness", "RowCountMatch", "SchemaMatch", "DetectPII", "AllStatistics", "ColumnFreshness",
    };
}

/// <summary>What a kind's condition is about.</summary>
internal enum ConditionOf
{
    Nothing,
    Number,
    Values,
    Type,
    Age,
}
