using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Etl;

/// <summary>
/// The SQL by which a dataset's landing table becomes its clean table, made from the definition. It runs on Spark and on DuckDB: where the two
/// differ, and they do in what a cast forgives, the SQL says what counts before it casts.
/// </summary>
public static class CleanSql
{
    /// <summary>The SQL of a dataset.</summary>
    /// <param name="replicated">The format in which DMS writes; it matters to tables of a database.</param>
    public static string For(Dataset dataset, FileFormat replicated) => dataset.Source switch
    {
        DatabaseSource => new ChangesSql(dataset, replicated).Text,
        FileSource => new EventsSql(dataset, isText: true).Text,
        _ => new EventsSql(dataset, isText: false).Text,
    };

    // Of foreign files a crawler makes the landing table, which is not there before the first of them.
    /// <summary>The header, which says what the job that runs the SQL reads and writes.</summary>
    internal static string Header(Dataset dataset, string write) =>
        $$"""
        -- target: ${clean}.{{dataset.Name}}
        -- write: {{write}}
        -- increment: ${landing}.{{dataset.Name}}{{(dataset.Source is FileSource ? "\n-- absent: skip" : "")}}
        -- rejects: {{dataset.Name}}
        """;

    /// <summary>Items of a SELECT or an ORDER BY, one per line.</summary>
    internal static string Lines(IEnumerable<string> items, int indent = 2) => string.Join($",\n{new string(' ', indent)}", items);
}
