namespace PipelineStacks.Cli.Templates;

/// <summary>An argument that a method can't use. The parser adds the method's name and the position.</summary>
internal sealed class ArgumentFault(string message) : Exception(message);
