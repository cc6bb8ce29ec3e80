using System.Globalization;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Model.Etl;

/// <summary>The rules of a dataset in the language of Glue Data Quality (DQDL), for its clean table.</summary>
public static class QualityRules
{
    /// <summary>The ruleset: that the key is one, and what the definition says.</summary>
    public static string Dqdl(Dataset dataset) => $"Rules = [\n    {string.Join(",\n    ", Of(dataset))}\n]";

    /// <summary>The rules, each as a line of DQDL.</summary>
    public static IReadOnlyList<string> Of(Dataset dataset) =>
        [.. new QualityRule[] { new Unique([.. dataset.Key]) }.Concat(dataset.Key.Select(name => new NotNull(name))).Concat(dataset.Quality).SelectMany(Of).Distinct()];

    // Bounds are two rules, since what between says of the bounds themselves is easily taken for the opposite.
    private static IEnumerable<string> Of(QualityRule rule) => rule switch
    {
        Unique { Of: [var column] } => [$"IsUnique {Quoted(column)}"],
        Unique unique => [$"IsPrimaryKey {string.Join(' ', unique.Of.Select(Quoted))}"],
        NotNull notNull => [$"IsComplete {Quoted(notNull.Column)}"],
        InRange range =>
        [
            string.Create(CultureInfo.InvariantCulture, $"ColumnValues {Quoted(range.Column)} >= {range.Minimum}"),
            string.Create(CultureInfo.InvariantCulture, $"ColumnValues {Quoted(range.Column)} <= {range.Maximum}"),
        ],
        OneOf oneOf => [$"ColumnValues {Quoted(oneOf.Column)} in [{string.Join(", ", oneOf.Values.Select(Quoted))}]"],
        _ => throw new DatasetException([$"The quality rule {rule.GetType().Name} has no counterpart in DQDL here yet: add it to {nameof(QualityRules)}."]),
    };

    private static string Quoted(string text) => $"\"{text}\"";
}
