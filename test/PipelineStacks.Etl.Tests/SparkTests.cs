using System.Diagnostics;
using System.Text.Json;

namespace PipelineStacks.Etl.Tests;

/// <summary>What runs here on DuckDB runs on Spark in Glue: its grammar has to know every file.</summary>
public sealed class SparkTests
{
    [Fact]
    public async Task Sql_OfEveryJob_ParsesAsSparkSql() => (await ErrorsAsync([.. AllSql.Clean, .. AllSql.Curated])).ShouldBeEmpty();

    [Fact]
    public async Task Parser_FindsWhatOnlyDuckDbKnows()
    {
        var errors = await ErrorsAsync([("star", "SELECT * EXCLUDE (a) FROM t"), ("cast", "SELECT a::int FROM t WHERE b GLOB 'x'"), ("good", "SELECT a FROM t")]);

        errors.Select(error => error.Split(':')[0]).Distinct().ShouldBe(["star", "cast"]);
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(IReadOnlyList<(string Name, string Text)> sql)
    {
        Directory.Exists(RepositoryRoot.PathOf("node_modules", "dt-sql-parser"))
            .ShouldBeTrue("The Node package dt-sql-parser is missing. Run npm ci in the folder of the project.");
        var folder = Directory.CreateTempSubdirectory("pipelines-sql-");
        try
        {
            var files = sql.Select((file, i) => (file.Name, Path: Path.Combine(folder.FullName, $"{i}.sql"))).ToList();
            foreach (var (file, text) in files.Zip(sql))
                await File.WriteAllTextAsync(file.Path, SqlUnit.Bind(text.Text));
            var start = new ProcessStartInfo("node", [RepositoryRoot.PathOf("test", "PipelineStacks.Etl.Tests", "Node", "parse-spark.mjs"), .. files.Select(file => file.Path)])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var node = Process.Start(start) ?? throw new InvalidOperationException("Node didn't start.");
            var errors = node.StandardError.ReadToEndAsync();
            var output = await node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            node.ExitCode.ShouldBe(0, await errors);
            return [.. JsonSerializer.Deserialize<Found[]>(output, JsonSerializerOptions.Web)!
                .Select(found => $"{files.First(file => file.Path == found.File).Name}:{found.Line}: {found.Message}")];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Found(string File, int Line, string Message);
}
