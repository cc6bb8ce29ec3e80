using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class TemplateReaderTests
{
    [Theory]
    [InlineData("Outputs: {}", "Template format error: At least one Resources member must be defined.")]
    [InlineData("Resource: {}", "Invalid template property or properties [Resource]")]
    [InlineData("Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: T}}",
        "Template error: Transform \"AWS::Serverless-2016-10-31\" is not supported by the local cloud.")]
    [InlineData("Resources: {A: {}}", "Template format error: [/Resources/A] Every Resources object must contain a Type member.")]
    [InlineData("Resources: {A-b: {Type: T}}", "Template format error: Resource name A-b is non alphanumeric.")]
    [InlineData("Resources: {A: {Type: T, Property: {}}}", "Invalid template resource property 'Property' of A")]
    [InlineData("Resources: {A: {Type: T, DeletionPolicy: Keep}}", "Template format error: Unrecognized DeletionPolicy Keep for resource A")]
    [InlineData("Resources: {A: {Type: T, UpdateReplacePolicy: RetainExceptOnCreate}}",
        "Template format error: Unrecognized UpdateReplacePolicy RetainExceptOnCreate for resource A")]
    [InlineData("Resources: {A: {Type: T, CreationPolicy: {}}}", "Template error: CreationPolicy of A is not supported by the local cloud.")]
    [InlineData("Resources: {A: {Type: T, Properties: {P: !Ref B, Q: !Sub '${C}'}}}",
        "Template format error: Unresolved resource dependencies [B, C] in the Resources block of the template")]
    [InlineData("Resources: {A: {Type: T, DependsOn: [B]}}",
        "Template format error: Unresolved resource dependencies [B] in the Resources block of the template")]
    [InlineData("Resources: {A: {Type: T, Properties: {P: !GetAtt B.Arn}}}", "Template error: instance of Fn::GetAtt references undefined resource B")]
    [InlineData("Resources: {A: {Type: T}}\nOutputs: {O: {Value: !Ref B}}",
        "Template format error: Unresolved resource dependencies [B] in the Outputs block of the template")]
    [InlineData("Resources: {A: {Type: T, Condition: C}}",
        "Template format error: Unresolved condition dependency C in the Resources block of the template")]
    [InlineData("Resources: {A: {Type: T, Properties: {P: !If [C, 1, 2]}}}",
        "Template format error: Unresolved condition dependency C in the Resources block of the template")]
    [InlineData("Conditions: {C: !Equals [!Ref A, x]}\nResources: {A: {Type: T}}", "Template error: conditions can't refer to resources: A")]
    [InlineData("Resources: {A: {Type: T, Properties: {P: '{{resolve:ssm-secure:s}}'}}}",
        "Template error: The dynamic reference {{resolve:ssm-secure:s}} of A is not supported by the local cloud.")]
    [InlineData("Resources: {A: {Type: T, Properties: {P: !Transform {Name: AWS::Include}}}}",
        "Template error: The function Fn::Transform is not supported by the local cloud.")]
    [InlineData("Resources: {A: {Type: T}}\nOutputs: {O: {Description: x}}", "Template format error: Every Outputs member must contain a Value object: O")]
    [InlineData("Parameters: {P: {Default: x}}\nResources: {A: {Type: T}}", "Template format error: Every Parameters object must contain a Type member.")]
    public void Read_TemplateThatAwsRefuses_IsRefusedInItsWords(string template, string message) =>
        Should.Throw<ServiceException>(() => TemplateReader.Read(template)).Message.ShouldBe(message);

    [Theory]
    [InlineData("s3://bucket/a/b.json", "bucket", "a/b.json")]
    [InlineData("https://s3.eu-west-1.amazonaws.com/bucket/a%20b.json", "bucket", "a b.json")]
    [InlineData("https://s3.amazonaws.com/bucket/a.json", "bucket", "a.json")]
    [InlineData("https://bucket.s3.eu-west-1.amazonaws.com/a/b.json?X-Amz-Signature=1", "bucket", "a/b.json")]
    [InlineData("https://my.bucket.s3-eu-west-1.amazonaws.com/a.json", "my.bucket", "a.json")]
    [InlineData("http://127.0.0.1:4566/bucket/a.json", "bucket", "a.json")]
    [InlineData("http://bucket.localhost:4566/a.json", "bucket", "a.json")]
    [InlineData("http://localhost:4566/bucket/a.json", "bucket", "a.json")]
    public void TemplateUrl_EveryStyle_NamesTheObject(string url, string bucket, string key)
    {
        LocalCloud.CloudFormation.Execution.TemplateSource.TryParse(url, out var foundBucket, out var foundKey).ShouldBeTrue();
        (foundBucket, foundKey).ShouldBe((bucket, key));
    }

    [Theory]
    [InlineData("ftp://bucket/a.json")]
    [InlineData("https://s3.amazonaws.com/bucket")]
    [InlineData("not a url")]
    public void TemplateUrl_NoObject_IsRefused(string url) => LocalCloud.CloudFormation.Execution.TemplateSource.TryParse(url, out _, out _).ShouldBeFalse();
}
