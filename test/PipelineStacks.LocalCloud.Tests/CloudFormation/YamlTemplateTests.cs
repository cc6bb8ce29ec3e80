using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class YamlTemplateTests
{
    [Theory]
    [InlineData("A: !Ref B", """{"A":{"Ref":"B"}}""")]
    [InlineData("A: !GetAtt B.C.D", """{"A":{"Fn::GetAtt":["B","C.D"]}}""")]
    [InlineData("A: !GetAtt [B, C]", """{"A":{"Fn::GetAtt":["B","C"]}}""")]
    [InlineData("A: !Sub '${B}-x'", """{"A":{"Fn::Sub":"${B}-x"}}""")]
    [InlineData("A: !Sub\n  - ${B}\n  - B: !Ref C", """{"A":{"Fn::Sub":["${B}",{"B":{"Ref":"C"}}]}}""")]
    [InlineData("A: !Join ['-', [a, !Ref B]]", """{"A":{"Fn::Join":["-",["a",{"Ref":"B"}]]}}""")]
    [InlineData("A: !If [C, 1, !Ref AWS::NoValue]", """{"A":{"Fn::If":["C",1,{"Ref":"AWS::NoValue"}]}}""")]
    [InlineData("A: !Equals [!Ref B, '1']", """{"A":{"Fn::Equals":[{"Ref":"B"},"1"]}}""")]
    [InlineData("A: !Condition C", """{"A":{"Condition":"C"}}""")]
    [InlineData("A:\n  Fn::Split: [',', !ImportValue x]", """{"A":{"Fn::Split":[",",{"Fn::ImportValue":"x"}]}}""")]
    [InlineData("AWSTemplateFormatVersion: 2010-09-09", """{"AWSTemplateFormatVersion":"2010-09-09"}""")]
    [InlineData("A: 012345678901", """{"A":"012345678901"}""")]
    [InlineData("A: [1, -2, 1.5, true, false, null, ~, yes]", """{"A":[1,-2,1.5,true,false,null,null,"yes"]}""")]
    [InlineData("A: '1'\nB: \"true\"", """{"A":"1","B":"true"}""")]
    [InlineData("A: &x {B: 1}\nC: *x", """{"A":{"B":1},"C":{"B":1}}""")]
    [InlineData("A: |\n  one\n  two", """{"A":"one\ntwo"}""")]
    [InlineData("# a comment\n\"A\":\n  \"B\": !GetAtt 'C.D' # another", """{"A":{"B":{"Fn::GetAtt":["C","D"]}}}""")]
    public void Parse_Yaml_IsTheJsonThatAwsReads(string yaml, string json) =>
        TemplateText.Parse(yaml).ToJsonString().ShouldBe(JsonNode.Parse(json)!.ToJsonString());

    [Theory]
    [InlineData("A: 1\nA: 2", "Template format error: YAML not well-formed. (line 2, column 1)")]
    [InlineData("A: [1\n", "Template format error: YAML not well-formed. (line 2, column 1)")]
    [InlineData("A: *none", "Template format error: YAML not well-formed. (line 1, column 4)")]
    [InlineData("{ \"A\": ", "Template format error: JSON not well-formed. (line 1, column 8)")]
    [InlineData("text", "Template format error: unsupported structure.")]
    [InlineData("[1]", "Template format error: unsupported structure.")]
    [InlineData("", "Template format error: unsupported structure.")]
    public void Parse_Malformed_SaysWhere(string text, string message) =>
        Should.Throw<ServiceException>(() => TemplateText.Parse(text)).Message.ShouldBe(message);
}
