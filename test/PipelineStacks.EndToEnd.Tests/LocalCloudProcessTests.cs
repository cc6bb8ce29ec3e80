using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests;

public sealed class LocalCloudProcessTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Start_PortInUse_SaysSoInOneLineAndEnds()
    {
        var second = await Tool.RunAsync("dotnet", [Repository.LocalCloud, "--port", $"{cloud.Endpoint.Port}", "--ephemeral"]);

        second.ExitCode.ShouldBe(1);
        second.Error.Trim().ShouldBe(
            $"Port {cloud.Endpoint.Port} is in use. Stop what listens there, or choose another with --port (and AWS_ENDPOINT_URL).");
    }

    [Fact]
    public async Task Start_DataDirectoryOpenElsewhere_SaysSoInOneLineAndEnds()
    {
        var second = await Tool.RunAsync("dotnet", [Repository.LocalCloud, "--port", "0", "--data", cloud.DataDirectory]);

        second.ExitCode.ShouldBe(1);
        second.Error.Trim().Split('\n').Length.ShouldBe(1);
        second.Error.ShouldContain(cloud.DataDirectory);
    }
}
