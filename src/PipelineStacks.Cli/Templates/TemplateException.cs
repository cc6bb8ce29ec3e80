namespace PipelineStacks.Cli.Templates;

/// <summary>A record template that can't be used: what is wrong, where, and the fix, in one line.</summary>
internal sealed class TemplateException(string message) : Exception(message);
