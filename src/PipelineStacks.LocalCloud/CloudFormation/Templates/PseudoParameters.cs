using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>The parameters that every template has without declaring them.</summary>
internal sealed record PseudoParameters(string Account, string Region, string StackId, string StackName)
{
    public const string NoValue = "AWS::NoValue";

    private static readonly string[] Names =
        ["AWS::AccountId", "AWS::NotificationARNs", NoValue, "AWS::Partition", "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"];

    public static bool IsPseudo(string name) => Names.Contains(name, StringComparer.Ordinal);

    public JsonNode? Find(string name) => name switch
    {
        "AWS::AccountId" => Account,
        "AWS::NotificationARNs" => new JsonArray(),
        "AWS::Partition" => "aws",
        "AWS::Region" => Region,
        "AWS::StackId" => StackId,
        "AWS::StackName" => StackName,
        "AWS::URLSuffix" => "amazonaws.com",
        _ => null,
    };
}
