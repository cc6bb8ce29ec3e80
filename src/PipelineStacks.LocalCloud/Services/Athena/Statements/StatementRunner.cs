using PipelineStacks.LocalCloud.Services.Athena.Results;

namespace PipelineStacks.LocalCloud.Services.Athena.Statements;

/// <summary>Does what a statement says and writes its result to a file.</summary>
internal sealed class StatementRunner(QueryEngine engine, ShowStatements show, CatalogStatements catalog)
{
    public async ValueTask<QueryOutcome> RunAsync(QueryJob job, string file)
    {
        if (job.Statement is SelectStatement select)
            return engine.Select(job.Call, select.Tokens, job.Database, select.Parameters, job.Cutoff, file, job.Stop.Token);
        var (column, lines) = job.Statement switch
        {
            ShowStatement statement => show.Run(job.Call, statement),
            DescribeStatement statement => show.Describe(job.Call, statement.Table),
            _ => ("result", catalog.Run(job)),
        };
        await File.WriteAllLinesAsync(file, lines, job.Stop.Token);
        return new([.. column.Split('\t').Select(ResultColumns.Text)], HasHeader: false) { Rows = lines.Count };
    }
}
