namespace PipelineStacks.Cli.Output;

/// <summary>How results are written to standard output.</summary>
internal enum OutputFormat
{
    Table,
    Csv,
    Json,
    Markdown,

    /// <summary>A JSON object per line.</summary>
    Jsonl,

    /// <summary>A drawing in characters.</summary>
    Text,

    /// <summary>A drawing that Markdown renderers make a picture of.</summary>
    Mermaid,
}
