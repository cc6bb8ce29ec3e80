using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.SecretsManager;

namespace PipelineStacks.LocalCloud.Tests.SecretsManager;

public sealed class DynamicReferenceTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    [Theory]
    [InlineData("{{resolve:secretsmanager:NAME}}", """{"user":"u1","port":3306}""")]
    [InlineData("{{resolve:secretsmanager:NAME:SecretString}}", """{"user":"u1","port":3306}""")]
    [InlineData("{{resolve:secretsmanager:NAME:SecretString:user}}", "u1")]
    [InlineData("{{resolve:secretsmanager:ARN:SecretString:user::}}", "u1")]
    [InlineData("{{resolve:secretsmanager:ARN:SecretString:user:AWSCURRENT}}@{{resolve:secretsmanager:NAME:SecretString:port::}}", "u1@3306")]
    public void Reference_ToASecret_BecomesItsValue(string text, string value) => Resolve(text).ShouldBe(value);

    [Theory]
    [InlineData("{{resolve:secretsmanager:NAME:SecretString:password}}", "Could not find a value associated with JSONKey in SecretString: password")]
    [InlineData("{{resolve:secretsmanager:nobody}}", "Secrets Manager can't find the specified secret.")]
    [InlineData("{{resolve:secretsmanager:NAME:SecretBinary}}", "Could not parse SecretsManager dynamic reference")]
    [InlineData("{{resolve:secretsmanager:NAME:SecretString:user:AWSPENDING}}", "staging label: AWSPENDING")]
    public void Reference_ToWhatIsNotThere_SaysSo(string text, string reason) =>
        Should.Throw<ServiceException>(() => Resolve(text)).Message.ShouldContain(reason);

    [Fact]
    public async Task Stack_WithAReference_KeepsTheValueOutOfItsEvents()
    {
        const string template = """
            {"Resources":{
              "Secret":{"Type":"AWS::SecretsManager::Secret","Properties":{"SecretString":"{\"value\":\"hidden-one\"}"}},
              "Parameter":{"Type":"AWS::SSM::Parameter","Properties":{"Name":"from-secret","Type":"String",
                "Value":{"Fn::Join":["",["{{resolve:secretsmanager:",{"Ref":"Secret"},":SecretString:value::}}"]]}}}}}
            """;
        await cloud.QueryAsync("cloudformation", "CreateStack", ("StackName", "with-reference"), ("TemplateBody", template));
        var parameter = await cloud.JsonAsync("AmazonSSM.GetParameter", """{"Name":"from-secret"}""");
        parameter["Parameter"]!["Value"]!.GetValue<string>().ShouldBe("hidden-one");
        var events = await cloud.QueryAsync("cloudformation", "DescribeStackEvents", ("StackName", "with-reference"));
        events.Descendants("member").Count(one => one.Element("LogicalResourceId")!.Value == "Parameter" && one.Value.Contains("hidden-one", StringComparison.Ordinal)).ShouldBe(0);

        await cloud.QueryAsync("cloudformation", "DeleteStack", ("StackName", "with-reference"));
        (await cloud.JsonErrorAsync("AmazonSSM.GetParameter", """{"Name":"from-secret"}""")).ShouldStartWith("ParameterNotFound");
    }

    private string Resolve(string text)
    {
        var name = Guid.NewGuid().ToString();
        var secret = cloud.Get<Secrets>().Create(cloud.Call, new() { Name = name, SecretString = """{"user":"u1","port":3306}""" });
        text = text.Replace("NAME", name, StringComparison.Ordinal).Replace("ARN", secret.ARN, StringComparison.Ordinal);
        return cloud.Get<DynamicReferences>().Resolve(cloud.Call, new JsonObject { ["A"] = text })["A"]!.GetValue<string>();
    }
}
