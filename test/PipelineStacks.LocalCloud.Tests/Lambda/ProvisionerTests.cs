using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Lambda;

public sealed class ProvisionerTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    private const string Type = "AWS::Lambda::Function";

    private static string Properties(string source, string more = "") => $$"""
        {"Runtime":"nodejs20.x","Handler":"index.handler","Role":"{{LambdaCloud.Role}}","Code":{"ZipFile":"{{source}}"}{{more}}}
        """;

    [Fact]
    public async Task Function_OfATemplate_LivesThroughItsLife()
    {
        await cloud.AddRoleAsync();
        var before = Properties("exports.handler = async () => process.env.WHO;", ""","Timeout":9,"ReservedConcurrentExecutions":2,"Environment":{"Variables":{"WHO":"one"}},"Tags":[{"Key":"k","Value":"v"}]""");
        var made = await cloud.ProvisionAsync(Type, before);
        made.Attributes["Arn"]!.GetValue<string>().ShouldBe($"arn:aws:lambda:{TestCloud.Region}:{TestCloud.Account}:function:{made.PhysicalId}");
        (await cloud.InvokeAsync(made.PhysicalId)).Body.ShouldBe("\"one\"");

        var after = Properties("exports.handler = async (e, c) => c.getRemainingTimeInMillis() > 3000;");
        await cloud.Provisioner(Type).UpdateAsync(cloud.Context(Type), made.PhysicalId, Parse(before), Parse(after));
        (await cloud.InvokeAsync(made.PhysicalId)).Body.ShouldBe("false");

        var permission = await cloud.ProvisionAsync("AWS::Lambda::Permission",
            $$"""{"FunctionName":"{{made.Attributes["Arn"]}}","Action":"lambda:InvokeFunction","Principal":"events.amazonaws.com"}""");
        (await cloud.LambdaAsync(HttpMethod.Get, $"/2015-03-31/functions/{made.PhysicalId}/policy")).Body.ShouldContain(permission.PhysicalId);

        await cloud.Provisioner(Type).DeleteAsync(cloud.Context(Type), made.PhysicalId, Parse(after));
        (await cloud.InvokeAsync(made.PhysicalId)).Body.ShouldContain("ResourceNotFoundException");
    }

    [Theory]
    [InlineData(",\"Layers\":[\"arn\"]", "Layers of Resource (AWS::Lambda::Function) is not supported by the local cloud.")]
    [InlineData(",\"SnapStart\":{\"ApplyOn\":\"PublishedVersions\"}", "SnapStart of Resource (AWS::Lambda::Function) is not supported by the local cloud.")]
    [InlineData(",\"DeadLetterConfig\":{\"TargetArn\":\"x\"}", "DeadLetterConfig of Resource (AWS::Lambda::Function) is not supported by the local cloud.")]
    public void Property_WithoutSupport_IsRefusedByName(string more, string message) =>
        Should.Throw<Calls.ServiceException>(() => cloud.Provisioner(Type).Check(cloud.Context(Type), Parse(Properties("", more)))).Message.ShouldBe(message);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
