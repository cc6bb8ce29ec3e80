namespace PipelineStacks.Cli.Output;

/// <summary>How results are written to standard output.</summary>
internal enum OutputFormat
{
    Table,
    Csv,
    Json,
    Markdown,
}
