using PipelineStacks.Aws;

namespace PipelineStacks.Cli.Tests.Aws;

public sealed class SettingsTests
{
    // A profile of whoever runs the tests must not decide them.
    private const string NoFile = "/nonexistent/credentials";

    [Theory]
    [InlineData("Kinesis", "http://127.0.0.1:1/")]
    [InlineData("CloudFormation", "http://127.0.0.1:2/")]
    public void Endpoint_OfOneService_ComesBeforeTheOneForAll(string service, string expected) =>
        Settings(("AWS_ENDPOINT_URL", "http://127.0.0.1:2"), ("AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:1")).EndpointFor(service)!.AbsoluteUri.ShouldBe(expected);

    [Fact]
    public void Endpoint_ThatIsIgnored_IsAwss() =>
        Settings(("AWS_ENDPOINT_URL", "http://127.0.0.1:2"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")).EndpointFor("S3").ShouldBeNull();

    [Theory]
    [InlineData("127.0.0.1:4566")]
    [InlineData("ftp://example.org")]
    public void Endpoint_ThatIsNoUrl_IsRefusedWithTheFix(string url) =>
        Should.Throw<AwsUnavailableException>(() => Settings(("AWS_ENDPOINT_URL", url)).Endpoint).Message
            .ShouldBe($"AWS_ENDPOINT_URL is '{url}', which is not a URL. Set it to one such as http://127.0.0.1:4566, or unset it to use AWS.");

    [Fact]
    public void Region_IfNoneIsSet_IsAnErrorOnAwsAndTheLocalOneLocally()
    {
        Settings(("AWS_ENDPOINT_URL", "http://127.0.0.1:2")).Region.ShouldBe("eu-west-1");
        Settings(("AWS_DEFAULT_REGION", "us-west-2")).Region.ShouldBe("us-west-2");
        Settings(("AWS_DEFAULT_REGION", "us-west-2"), ("AWS_REGION", "eu-north-1")).Region.ShouldBe("eu-north-1");
        Should.Throw<AwsUnavailableException>(() => Settings().Region).Message.ShouldBe("No AWS Region is set. Set AWS_REGION, or a region in the profile that AWS_PROFILE names.");
    }

    private static AwsSettings Settings(params (string Name, string Value)[] variables) =>
        new(variables.Append((Name: "AWS_SHARED_CREDENTIALS_FILE", Value: NoFile)).Append((Name: "AWS_PROFILE", Value: "none-such")).ToDictionary(pair => pair.Name, string? (pair) => pair.Value).GetValueOrDefault);
}
