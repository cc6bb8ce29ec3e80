namespace PipelineStacks.LocalCloud.Tests.Starting;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--port 65536", "--port 65536: not a port. Give a number from 0 (any free one) to 65535.")]
    [InlineData("--port -1", "--port -1: not a port. Give a number from 0 (any free one) to 65535.")]
    [InlineData("--port", "--port: a value is missing. See --help.")]
    [InlineData("--mqtt-port 70000", "--mqtt-port 70000: not a port. Give a number from 0 (any free one) to 65535.")]
    [InlineData("--data", "--data: a value is missing. See --help.")]
    [InlineData("--fast --port x", "--fast: no such option. See --help.\n--port x: not a port. Give a number from 0 (any free one) to 65535.")]
    public void Options_ThatAreWrong_AreAllNamed(string arguments, string errors) =>
        string.Join('\n', CommandLine.Parse(arguments.Split(' ')).Errors).ShouldBe(errors);

    [Fact]
    public void Options_ThatAreRight_AreRead()
    {
        var (options, errors) = CommandLine.Parse(["--port", "0", "--data", "d", "--virtual-time", "--no-limits"]);
        errors.ShouldBeEmpty();
        options.ShouldBe(new LocalCloudOptions { Port = 0, MqttPort = 0, DataDirectory = "d", VirtualTime = true, Limits = false });
    }

    [Fact]
    public void Options_LeftOut_HaveTheDocumentedDefaults() =>
        CommandLine.Parse([]).Options.ShouldBe(new LocalCloudOptions { Port = 4566, MqttPort = 1883, DataDirectory = ".local-cloud", VirtualTime = false, Limits = true });
}
