using Amazon.CDK.AWS.S3.Assets;
using Constructs;
using PipelineStacks.Functions;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Model.Etl;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="SqlFile"/> uploads.</summary>
public sealed record SqlFileProps
{
    /// <summary>The text.</summary>
    public required string Text { get; init; }
}

/// <summary>The SQL of one table, as a file that the CDK uploads under the hash of its content: a job's arguments change when, and only when, its SQL does.</summary>
public sealed class SqlFile : Construct
{
    /// <summary>Creates the file.</summary>
    public SqlFile(Construct scope, string id, SqlFileProps props)
        : base(scope, id)
    {
        // The CDK copies it into its own output at once.
        var folder = Directory.CreateTempSubdirectory("pipelines-sql-");
        var path = Path.Combine(folder.FullName, "job.sql");
        File.WriteAllText(path, props.Text.ReplaceLineEndings("\n"));
        Asset = new Asset(this, "Asset", new AssetProps { Path = path });
        folder.Delete(recursive: true);
    }

    /// <summary>The uploaded file.</summary>
    public Asset Asset { get; }

    /// <summary>The clean SQL of a dataset.</summary>
    public static SqlFile Clean(Construct scope, Dataset dataset, EnvironmentSettings settings) =>
        new(scope, $"{Names.Pascal(dataset.Name)}CleanSql", new SqlFileProps { Text = CleanSql.For(dataset, settings.Replication.Format) });

    /// <summary>The SQL of a curated table.</summary>
    /// <exception cref="SettingsException">The file is missing.</exception>
    public static SqlFile Curated(Construct scope, CuratedTable table)
    {
        var path = ProjectFolder.PathOf("src", "jobs", "sql", "curated", table.SqlFile);
        return File.Exists(path)
            ? new(scope, $"{Names.Pascal(table.Name)}CuratedSql", new SqlFileProps { Text = File.ReadAllText(path) })
            : throw new SettingsException($"The curated table {table.Name} has no SQL. Write src/jobs/sql/curated/{table.SqlFile}.");
    }
}
