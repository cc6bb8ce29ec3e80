using System.Collections.Frozen;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.IotSql.Values;

namespace PipelineStacks.IotSql.Evaluation;

/// <summary>The functions by name: those that are evaluated, and those that would call another service.</summary>
internal static class Functions
{
    private static readonly FrozenDictionary<string, Function> Known = new[]
    {
        MessageFunctions.All, NumberFunctions.All, BitFunctions.All, TextFunctions.All, HashFunctions.All, EncodingFunctions.All, TimeFunctions.All, CollectionFunctions.All,
    }.SelectMany(group => group).ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Outward = new Dictionary<string, string>
    {
        ["aws_lambda"] = "AWS Lambda",
        ["get_dynamodb"] = "Amazon DynamoDB",
        ["get_registry_data"] = "the thing registry",
        ["get_secret"] = "AWS Secrets Manager",
        ["get_thing_shadow"] = "the device shadows",
        ["machinelearning_predict"] = "Amazon Machine Learning",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Function? Find(string name) => Known.GetValueOrDefault(name);

    public static string? CallsOut(string name) => Outward.GetValueOrDefault(name);

    /// <summary>The scheme of encode and decode is a literal; Protobuf and zipped payloads are refused rather than left Undefined.</summary>
    public static string? SchemeProblem(IReadOnlyList<Expression> arguments) => arguments switch
    {
        [_, Literal { Value: StringValue { Value: "base64" } }] => null,
        [_, Literal { Value: StringValue scheme }, ..] => $"the scheme '{scheme.Value}' isn't supported, only 'base64'",
        [_, _] => "the scheme must be the literal 'base64'",
        _ => "expected a value and the scheme 'base64'",
    };
}
