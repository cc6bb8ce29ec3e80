using PipelineStacks.Model;

namespace PipelineStacks.Cli.Workflows;

/// <summary>A workflow's name in its environment: <c>lake</c> is <c>pipelines-dev-lake</c> in dev.</summary>
internal sealed record WorkflowName(Names Names, string Given)
{
    /// <summary>The workflow that takes the whole lake from the landing zone to the curated one.</summary>
    public const string Lake = "lake";

    private string Prefix => $"{Names.Project}-{Names.Environment}-";

    /// <summary>As Glue knows it. A full name is taken as it is.</summary>
    public string Full => Given.StartsWith(Prefix, StringComparison.Ordinal) ? Given : Prefix + Given;

    /// <summary>A name of one of its parts without what all names in the environment begin with.</summary>
    public string Short(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
