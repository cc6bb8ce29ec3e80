using PipelineStacks.Cli.Run;

namespace PipelineStacks.Cli.Tests.Run;

public sealed class LocalVariablesTests
{
    [Fact]
    public void Variables_OfARun_PointAtTheLocalCloudAlone()
    {
        var variables = LocalVariables.For("http://127.0.0.1:4566", new Dictionary<string, string?> { ["AWS_PROFILE"] = "production", ["AWS_REGION"] = "eu-central-1" }.GetValueOrDefault);
        variables["AWS_ENDPOINT_URL"].ShouldBe("http://127.0.0.1:4566");
        variables["AWS_ACCESS_KEY_ID"].ShouldBe("local");
        variables["AWS_REGION"].ShouldBe("eu-central-1");
        variables.ShouldContain(new KeyValuePair<string, string?>("AWS_PROFILE", null));
        variables.ShouldContain(new KeyValuePair<string, string?>("AWS_SESSION_TOKEN", null));
    }

    [Fact]
    public void Region_IfNoneIsSet_IsTheLocalOne() => LocalVariables.For("http://127.0.0.1:4566", _ => null)["AWS_REGION"].ShouldBe("eu-west-1");
}
