using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.SecretsManager;

namespace PipelineStacks.LocalCloud.Tests.SecretsManager;

public sealed class SecretProvisionerTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    private const string Type = "AWS::SecretsManager::Secret";

    private const string Generated = """
        {"Description":"d","GenerateSecretString":{"SecretStringTemplate":"{\"username\":\"admin\"}","GenerateStringKey":"password",
         "ExcludeCharacters":" %+~`#$&*()|[]{}:;<>?!'/@\"\\","PasswordLength":30}}
        """;

    [Fact]
    public async Task Secret_GeneratedFromATemplate_HoldsItWithAPassword()
    {
        var secret = await cloud.ProvisionAsync(Type, Generated);
        secret.PhysicalId.ShouldMatch(":secret:Resource-[A-Za-z0-9]{12}-[A-Za-z0-9]{6}$");
        secret.Attributes["Id"]!.GetValue<string>().ShouldBe(secret.PhysicalId);
        var value = JsonNode.Parse(Value(secret.PhysicalId))!;
        value["username"]!.GetValue<string>().ShouldBe("admin");
        value["password"]!.GetValue<string>().ShouldMatch("^[A-Za-z0-9,.^_=-]{30}$");
    }

    [Fact]
    public async Task Secret_UpdatedWithoutAChangeOfItsRules_KeepsItsValue()
    {
        var secret = await cloud.ProvisionAsync(Type, Generated);
        var value = Value(secret.PhysicalId);
        var before = JsonNode.Parse(Generated)!.AsObject();
        var after = JsonNode.Parse(Generated)!.AsObject();
        after["Description"] = "another";
        await cloud.Provisioner(Type).UpdateAsync(cloud.Context(Type), secret.PhysicalId, before, after);
        Value(secret.PhysicalId).ShouldBe(value);

        after["GenerateSecretString"]!["PasswordLength"] = 12;
        await cloud.Provisioner(Type).UpdateAsync(cloud.Context(Type), secret.PhysicalId, before, after);
        JsonNode.Parse(Value(secret.PhysicalId))!["password"]!.GetValue<string>().Length.ShouldBe(12);
    }

    [Fact]
    public async Task Secret_DeletedByItsStack_LeavesItsNameFree()
    {
        const string properties = """{"Name":"again","SecretString":"x"}""";
        for (var time = 0; time < 2; time++)
        {
            var secret = await cloud.ProvisionAsync(Type, properties);
            await cloud.Provisioner(Type).DeleteAsync(cloud.Context(Type), secret.PhysicalId, JsonNode.Parse(properties)!.AsObject());
        }
    }

    [Theory]
    [InlineData("""{"SecretString":"a","GenerateSecretString":{}}""", "both SecretString and GenerateSecretString")]
    [InlineData("""{"GenerateSecretString":{"SecretStringTemplate":"{}"}}""", "must be given together")]
    [InlineData("""{"GenerateSecretString":{"SecretStringTemplate":"{","GenerateStringKey":"p"}}""", "Could not parse SecretStringTemplate JSON.")]
    [InlineData("""{"ReplicaRegions":[{"Region":"eu-west-2"}]}""", "ReplicaRegions")]
    public void Properties_ThatMakeNoSense_AreRefused(string properties, string reason) =>
        Should.Throw<ServiceException>(() => cloud.Provisioner(Type).Check(cloud.Context(Type), JsonNode.Parse(properties)!.AsObject()))
            .Message.ShouldContain(reason);

    [Fact]
    public async Task Policy_OfASecret_IsStoredAndTakenAway()
    {
        const string type = "AWS::SecretsManager::ResourcePolicy";
        var secret = await cloud.ProvisionAsync(Type, Generated);
        var properties = new JsonObject
        {
            ["SecretId"] = secret.PhysicalId,
            ["ResourcePolicy"] = JsonNode.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"secretsmanager:DeleteSecret","Resource":"*"}]}"""),
        };
        var policy = await cloud.ProvisionAsync(type, properties.ToJsonString());
        Policy(secret.PhysicalId)!.ShouldContain("secretsmanager:DeleteSecret");
        await cloud.Provisioner(type).DeleteAsync(cloud.Context(type), policy.PhysicalId, properties);
        Policy(secret.PhysicalId).ShouldBeNull();
    }

    private string? Policy(string id) => cloud.Get<SecretDescriptions>().GetPolicy(cloud.Call, new() { SecretId = id }).ResourcePolicy;

    private string Value(string id) => cloud.Get<SecretValues>().Get(cloud.Call, new() { SecretId = id }).SecretString!;
}
