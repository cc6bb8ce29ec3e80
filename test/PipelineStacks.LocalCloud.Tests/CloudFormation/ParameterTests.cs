using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.Tests.CloudFormation;

public sealed class ParameterTests
{
    [Theory]
    [InlineData("{Type: String, Default: a}", null, "a")]
    [InlineData("{Type: String, Default: a}", "b", "b")]
    [InlineData("{Type: String, AllowedValues: [dev, prod]}", "dev", "dev")]
    [InlineData("{Type: String, AllowedPattern: '[a-z]+'}", "abc", "abc")]
    [InlineData("{Type: Number, MinValue: 1, MaxValue: 10, Default: 5}", null, "5")]
    [InlineData("{Type: CommaDelimitedList}", "a, b", "a, b")]
    [InlineData("{Type: 'AWS::SSM::Parameter::Value<String>', Default: /known}", null, "of /known")]
    public void Resolve_ValidValue_IsTaken(string definition, string? given, string expected) => Resolve(definition, given).ShouldBe(expected);

    [Theory]
    [InlineData("{Type: String}", null, "Parameters: [P] must have values")]
    [InlineData("{Type: String, AllowedValues: [dev, prod]}", "qa", "Parameter 'P' must be one of AllowedValues: [dev, prod]")]
    [InlineData("{Type: String, AllowedPattern: '[a-z]+'}", "abc1", "Parameter 'P' must match pattern [a-z]+")]
    [InlineData("{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: lower case}", "A", "Parameter 'P' failed to satisfy constraint: lower case")]
    [InlineData("{Type: String, MinLength: 3}", "ab", "Parameter 'P' must contain at least 3 characters")]
    [InlineData("{Type: String, MaxLength: 3}", "abcd", "Parameter 'P' must contain at most 3 characters")]
    [InlineData("{Type: Number}", "x", "Parameter 'P' must be a number")]
    [InlineData("{Type: Number, MinValue: 2}", "1", "Parameter 'P' must be a number not less than 2")]
    [InlineData("{Type: Number, MaxValue: 2}", "3", "Parameter 'P' must be a number not greater than 2")]
    [InlineData("{Type: 'List<AWS::EC2::Subnet::Id>'}", "x", "Template error: The type List<AWS::EC2::Subnet::Id> of parameter P is not supported by the local cloud.")]
    [InlineData("{Type: 'AWS::SSM::Parameter::Value<String>'}", "/unknown", "Unable to fetch parameters [/unknown] from parameter store for this account.")]
    public void Resolve_InvalidValue_SaysWhy(string definition, string? given, string message) =>
        Should.Throw<ServiceException>(() => Resolve(definition, given)).Message.ShouldBe(message);

    [Fact]
    public void Resolve_ParameterThatTheTemplateLacks_IsRefused() =>
        Should.Throw<ServiceException>(() => ParameterValues.Resolve(Read("{Type: String, Default: a}"), [new("X", "1", false)], [], _ => null))
            .Message.ShouldBe("Parameters: [X] do not exist in the template");

    [Fact]
    public void Resolve_UsePreviousValue_TakesThePreviousOne() =>
        ParameterValues.Resolve(Read("{Type: String, Default: a}"), [new("P", null, true)], [new("P", "before")], _ => null)
            .ShouldBe([new ParameterValue("P", "before")]);

    [Theory]
    [InlineData("5", "CDK bootstrap stack version 6 required.")]
    [InlineData("30", null)]
    public void Rules_BootstrapVersion_IsAssertedAsCdkDoes(string version, string? message)
    {
        const string Template = """
            Parameters: {BootstrapVersion: {Type: String}}
            Rules:
              CheckBootstrapVersion:
                Assertions:
                  - Assert: {Fn::Not: [{Fn::Contains: [['1', '2', '3', '4', '5'], !Ref BootstrapVersion]}]}
                    AssertDescription: CDK bootstrap stack version 6 required.
            Resources: {A: {Type: Test::Thing}}
            """;
        var prepare = () => LocalCloud.CloudFormation.Planning.PreparedTemplate.From(
            TemplateReader.Read(Template), [new("BootstrapVersion", version)], new("1", "r", "id", "name"));
        if (message is null)
            Should.NotThrow(prepare);
        else
            Should.Throw<ServiceException>(prepare).Message.ShouldEndWith(message);
    }

    private static string Resolve(string definition, string? given)
    {
        var value = ParameterValues.Resolve(Read(definition), given is null ? [] : [new("P", given, false)], [], name => name == "/known" ? "of /known" : null)[0];
        return value.ResolvedValue ?? value.Value;
    }

    private static Template Read(string definition) => TemplateReader.Read($"Parameters: {{P: {definition}}}\nResources: {{A: {{Type: Test::Thing}}}}");
}
