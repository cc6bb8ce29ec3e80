using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Iot.Devices;

namespace PipelineStacks.LocalCloud.Tests.Iot;

public sealed class DeviceTests : IAsyncLifetime
{
    private const string Policy = """
        {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": "iot:Connect", "Resource": "arn:aws:iot:eu-west-1:000000000000:client/${iot:Connection.Thing.ThingName}",
           "Condition": {"Bool": {"iot:Connection.Thing.IsAttached": "true"}}},
          {"Effect": "Allow", "Action": ["iot:Publish"], "Resource": "arn:aws:iot:eu-west-1:000000000000:topic/telemetry/${iot:Connection.Thing.ThingName}/*"},
          {"Effect": "Deny", "Action": "iot:Publish", "Resource": "*/secret"}]}
        """;

    private readonly TestCloud _cloud = new();

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Certificate_WithThingAndPolicy_AllowsWhatThePolicySays()
    {
        var certificate = JsonNode.Parse(await _cloud.RestAsync("POST", "/keys-and-certificate?setAsActive=true"))!;
        var (id, arn) = (certificate["certificateId"]!.ToString(), certificate["certificateArn"]!.ToString());
        certificate["keyPair"]!["PrivateKey"]!.ToString().ShouldStartWith("-----BEGIN RSA PRIVATE KEY-----");
        await _cloud.ProvisionAsync("AWS::IoT::Policy", $$"""{"PolicyName": "device", "PolicyDocument": {{Policy}}}""");
        await _cloud.ProvisionAsync("AWS::IoT::Thing", """{"ThingName": "d1", "AttributePayload": {"Attributes": {"model": "x"}}}""");
        var access = _cloud.Get<DeviceAccess>();
        access.Allows(id, "d1", "iot:Connect", "client", "d1").ShouldBeFalse("nothing is attached yet");

        await _cloud.ProvisionAsync("AWS::IoT::PolicyPrincipalAttachment", $$"""{"PolicyName": "device", "Principal": "{{arn}}"}""");
        (await _cloud.RestAsync("PUT", "/things/d1/principals", null, "iot", ("x-amzn-principal", arn))).ShouldBe("");

        access.Allows(id, "d1", "iot:Connect", "client", "d1").ShouldBeTrue();
        access.Allows(id, "d2", "iot:Connect", "client", "d2").ShouldBeFalse("its thing has another name");
        access.Allows(id, "d1", "iot:Publish", "topic", "telemetry/d1/readings").ShouldBeTrue();
        access.Allows(id, "d1", "iot:Publish", "topic", "telemetry/d2/readings").ShouldBeFalse();
        access.Allows(id, "d1", "iot:Publish", "topic", "telemetry/d1/secret").ShouldBeFalse("it is denied");
        access.Allows(id, "d1", "iot:Subscribe", "topicfilter", "telemetry/d1/#").ShouldBeFalse();
        (await _cloud.RestAsync("DELETE", $"/certificates/{id}")).ShouldStartWith("CertificateStateException");
        await _cloud.RestAsync("PUT", $"/certificates/{id}?newStatus=INACTIVE");
        access.Allows(id, "d1", "iot:Connect", "client", "d1").ShouldBeFalse("the certificate isn't active");
        (await _cloud.RestAsync("DELETE", "/policies/device")).ShouldStartWith("DeleteConflictException");
        JsonNode.Parse(await _cloud.RestAsync("GET", "/things/d1/principals"))!["principals"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldBe(arn);
    }

    [Fact]
    public async Task Resources_OfATemplate_AreMadeChangedAndDeleted()
    {
        var type = await _cloud.ProvisionAsync("AWS::IoT::ThingType", """{"ThingTypeName": "sensor", "ThingTypeProperties": {"ThingTypeDescription": "A sensor"}}""");
        type.PhysicalId.ShouldBe("sensor");
        (await _cloud.RestAsync("POST", "/things/s1", """{"thingTypeName": "sensor"}""")).ShouldContain("\"thingName\":\"s1\"");
        (await _cloud.RestAsync("DELETE", "/thing-types/sensor")).ShouldStartWith("InvalidRequestException: Cannot delete thing type");

        var rule = await _cloud.ProvisionAsync("AWS::IoT::TopicRule", """{"TopicRulePayload": {"Sql": "SELECT * FROM 'a'", "AwsIotSqlVersion": "2016-03-23", "Actions": []}}""");
        rule.PhysicalId.ShouldMatch("^test_Resource_[A-Z0-9]{12}$");
        rule.Attributes["Arn"]!.ToString().ShouldBe($"arn:aws:iot:eu-west-1:000000000000:rule/{rule.PhysicalId}");

        var logging = """{"AccountId": "000000000000", "DefaultLogLevel": "ERROR", "RoleArn": "arn:aws:iam::000000000000:role/logs"}""";
        await _cloud.ProvisionAsync("AWS::IoT::Logging", logging);
        JsonNode.Parse(await _cloud.RestAsync("GET", "/v2LoggingOptions"))!["defaultLogLevel"]!.ToString().ShouldBe("ERROR");
        await _cloud.Provisioner("AWS::IoT::Logging").DeleteAsync(_cloud.Context("AWS::IoT::Logging"), "000000000000", JsonNode.Parse(logging)!.AsObject());
        (await _cloud.RestAsync("GET", "/v2LoggingOptions")).ShouldStartWith("NotConfiguredException");
    }

    [Fact]
    public void TopicRule_WithWrongSql_IsRefusedBeforeAnythingIsMade() => Should.Throw<Calls.ServiceException>(() => _cloud.Provisioner("AWS::IoT::TopicRule").Check(
        _cloud.Context("AWS::IoT::TopicRule"), JsonNode.Parse("""{"TopicRulePayload": {"Sql": "SELECT", "AwsIotSqlVersion": "2016-03-23", "Actions": []}}""")!.AsObject()))
        .Message.ShouldBe("Expected a value but found the end at 1:7");
}
