using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class IntrinsicTests
{
    private const string Declarations = """
        "Parameters": { "Env": { "Type": "String" }, "Zones": { "Type": "CommaDelimitedList" }, "Count": { "Type": "Number" } },
        "Mappings": { "Sizes": { "dev": { "Shards": 1, "Names": ["a", "b"] }, "prod": { "Shards": 4 } } },
        "Conditions": {
          "IsDev": { "Fn::Equals": [{ "Ref": "Env" }, "dev"] },
          "IsProd": { "Fn::Not": [{ "Condition": "IsDev" }] },
          "Either": { "Fn::Or": [{ "Condition": "IsDev" }, { "Condition": "IsProd" }] },
          "Both": { "Fn::And": [{ "Condition": "IsDev" }, { "Condition": "IsProd" }] },
          "IsOne": { "Fn::Equals": [{ "Ref": "Count" }, 1] },
          "HasShards": { "Fn::Equals": [{ "Fn::FindInMap": ["Sizes", { "Ref": "Env" }, "Shards"] }, "1"] }
        }
        """;

    [Theory]
    [InlineData("""{ "Ref": "Env" }""", "\"dev\"")]
    [InlineData("""{ "Ref": "Zones" }""", """["a","b"]""")]
    [InlineData("""{ "Ref": "Stream" }""", "\"stream-1\"")]
    [InlineData("""{ "Ref": "AWS::Region" }""", "\"eu-west-1\"")]
    [InlineData("""{ "Ref": "AWS::AccountId" }""", "\"111122223333\"")]
    [InlineData("""{ "Ref": "AWS::Partition" }""", "\"aws\"")]
    [InlineData("""{ "Ref": "AWS::URLSuffix" }""", "\"amazonaws.com\"")]
    [InlineData("""{ "Ref": "AWS::StackName" }""", "\"demo\"")]
    [InlineData("""{ "Fn::GetAtt": ["Stream", "Arn"] }""", "\"Arn of Stream\"")]
    [InlineData("""{ "Fn::GetAtt": "Stream.Endpoint.Port" }""", "\"Endpoint.Port of Stream\"")]
    [InlineData("""{ "Fn::Sub": "${AWS::StackName}/${Env}/${Stream}/${Stream.Arn}" }""", "\"demo/dev/stream-1/Arn of Stream\"")]
    [InlineData("""{ "Fn::Sub": "!{timestamp:yyyy} ${!Literal} $5 ${Env}" }""", "\"!{timestamp:yyyy} ${Literal} $5 dev\"")]
    [InlineData("""{ "Fn::Sub": ["${Own}-${Env}", { "Own": { "Ref": "Stream" } }] }""", "\"stream-1-dev\"")]
    [InlineData("""{ "Fn::Join": ["/", ["a", { "Ref": "Env" }, 1]] }""", "\"a/dev/1\"")]
    [InlineData("""{ "Fn::Join": ["", { "Ref": "Zones" }] }""", "\"ab\"")]
    [InlineData("""{ "Fn::Select": [1, { "Ref": "Zones" }] }""", "\"b\"")]
    [InlineData("""{ "Fn::Select": ["2", { "Fn::Split": [":", "arn:aws:s3:::b"] }] }""", "\"s3\"")]
    [InlineData("""{ "Fn::Split": ["|", "a|b|"] }""", """["a","b",""]""")]
    [InlineData("""{ "Fn::ImportValue": { "Fn::Sub": "${Env}-Key" } }""", "\"export dev-Key\"")]
    [InlineData("""{ "Fn::FindInMap": ["Sizes", { "Ref": "Env" }, "Shards"] }""", "1")]
    [InlineData("""{ "Fn::FindInMap": ["Sizes", "dev", "Names"] }""", """["a","b"]""")]
    [InlineData("""{ "Fn::Base64": { "Ref": "Env" } }""", "\"ZGV2\"")]
    [InlineData("""{ "Fn::GetAZs": "" }""", """["eu-west-1a","eu-west-1b","eu-west-1c"]""")]
    [InlineData("""{ "Fn::GetAZs": { "Ref": "AWS::Region" } }""", """["eu-west-1a","eu-west-1b","eu-west-1c"]""")]
    [InlineData("""{ "Fn::Cidr": ["10.0.0.0/16", 3, 8] }""", """["10.0.0.0/24","10.0.1.0/24","10.0.2.0/24"]""")]
    [InlineData("""{ "Fn::Cidr": ["192.168.255.0/24", "2", "4"] }""", """["192.168.255.0/28","192.168.255.16/28"]""")]
    [InlineData("""{ "Fn::If": ["IsDev", "small", "large"] }""", "\"small\"")]
    [InlineData("""{ "Fn::If": ["IsProd", "large", { "Ref": "Stream" }] }""", "\"stream-1\"")]
    [InlineData("""{ "A": { "Fn::If": ["IsProd", 1, { "Ref": "AWS::NoValue" }] }, "B": [{ "Ref": "AWS::NoValue" }, 2] }""", """{"B":[2]}""")]
    [InlineData("""{ "Fn::If": ["Both", 1, { "Fn::If": ["Either", 2, 3] }] }""", "2")]
    [InlineData("""{ "Fn::If": ["IsOne", { "Fn::If": ["HasShards", "one", "no"] }, "no"] }""", "\"one\"")]
    [InlineData("""{ "Statement": [{ "Effect": "Deny", "Condition": { "Bool": { "aws:SecureTransport": "false" } } }] }""",
        """{"Statement":[{"Effect":"Deny","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}""")]
    [InlineData("""{ "Text": "${NotASub}", "Null": null, "Number": 1.50, "Bool": true }""", """{"Text":"${NotASub}","Null":null,"Number":1.50,"Bool":true}""")]
    public void Evaluate_Function_YieldsWhatAwsYields(string expression, string expected) =>
        JsonNode.DeepEquals(Evaluate(expression), JsonNode.Parse(expected)).ShouldBeTrue($"{Evaluate(expression)?.ToJsonString()} is not {expected}");

    [Theory]
    [InlineData("""{ "Fn::Select": [3, ["a"]] }""", "Template error: Fn::Select cannot select nonexistent value at index 3")]
    [InlineData("""{ "Fn::FindInMap": ["Sizes", "qa", "Shards"] }""", "Template error: Unable to get mapping for Sizes::qa::Shards")]
    [InlineData("""{ "Fn::FindInMap": ["None", "qa", "Shards"] }""", "Template error: Mapping named 'None' is not present in the 'Mappings' section of template.")]
    [InlineData("""{ "Fn::Join": ["-"] }""", "Template error: every Fn::Join object requires two parameters")]
    [InlineData("""{ "Fn::Join": ["-", "text"] }""", "Template error: Fn::Join requires a list argument")]
    [InlineData("""{ "Fn::Sub": "${Zones}" }""", """Template error: Fn::Sub needs a string where there is ["a","b"]""")]
    [InlineData("""{ "Fn::Cidr": ["10.0.0.0/24", 4, 8] }""", "Template error: Fn::Cidr can't make 4 blocks with 8 subnet bits out of 10.0.0.0/24")]
    [InlineData("""{ "Fn::Transform": { "Name": "AWS::Include" } }""", "Template error: The function Fn::Transform is not supported by the local cloud.")]
    [InlineData("""{ "Fn::Length": [1, 2] }""", "Template error: The function Fn::Length is not supported by the local cloud.")]
    public void Evaluate_WrongUse_SaysSo(string expression, string message) =>
        Should.Throw<ServiceException>(() => Evaluate(expression)).Message.ShouldBe(message);

    [Fact]
    public void Condition_ReferringToItself_IsRefused()
    {
        var template = Read("""{ "Conditions": { "A": { "Condition": "B" }, "B": { "Fn::Not": [{ "Condition": "A" }] } }, """ + Resource);
        Should.Throw<ServiceException>(() => Evaluator(template).Condition("A")).Message.ShouldBe("Template format error: Circular dependency in conditions: A");
    }

    private const string Resource = """ "Resources": { "Stream": { "Type": "Test::Thing" } } }""";

    private static JsonNode? Evaluate(string expression) => Evaluator(Read($$"""{ {{Declarations}}, {{Resource}}""")).Evaluate(JsonNode.Parse(expression));

    private static Template Read(string text) => TemplateReader.Read(text);

    private static Evaluator Evaluator(Template template) => new(template,
        new Dictionary<string, JsonNode> { ["Env"] = "dev", ["Zones"] = new JsonArray("a", "b"), ["Count"] = "1" },
        new PseudoParameters("111122223333", "eu-west-1", "arn:stack", "demo"), new KnownValues());

    private sealed class KnownValues : IResourceValues
    {
        public JsonNode? Ref(string logicalId) => $"{logicalId.ToLowerInvariant()}-1";

        public JsonNode? Attribute(string logicalId, string attribute) => $"{attribute} of {logicalId}";

        public string Import(string exportName) => $"export {exportName}";
    }
}
