using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Etl;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Etl.Tests;

/// <summary>Every SQL that jobs run: the hand-written files, and what is made of the datasets in each format.</summary>
internal static class AllSql
{
    public static IEnumerable<(string Name, string Text)> Curated =>
        CuratedCatalog.All.Select(table => ($"curated/{table.SqlFile}", File.ReadAllText(CuratedFile(table))));

    public static IEnumerable<(string Name, string Text)> Clean =>
        from dataset in DatasetCatalog.All
        from format in Enum.GetValues<FileFormat>()
        select ($"clean/{dataset.Name}-{format}", CleanSql.For(dataset, format));

    public static string CuratedFile(CuratedTable table) => RepositoryRoot.PathOf("src", "jobs", "sql", "curated", table.SqlFile);
}
