namespace PipelineStacks.LocalCloud.Tests.Lambda;

public sealed class RestartTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("lambda-restart-").FullName;

    [Fact]
    public async Task Restart_KeepsFunctionsAndEvents_AndEndsTheirProcesses()
    {
        var cloud = new TestCloud { DataDirectory = _data };
        await cloud.InitializeAsync();
        var name = await cloud.NodeAsync("exports.handler = async e => { if (e.n) console.log('event ' + e.n); return process.pid; };");
        var process = (await cloud.InvokeAsync(name)).Json.GetValue<int>();
        await cloud.InvokeAsync(name, """{"n":1}""", "Event");

        await cloud.RestartAsync();

        Directory.Exists($"/proc/{process}").ShouldBeFalse();
        (await cloud.InvokeAsync(name)).Error.ShouldBeNull();
        await cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await cloud.LinesAsync($"/aws/lambda/{name}")).ShouldContain(line => line.EndsWith("event 1", StringComparison.Ordinal));

        await cloud.LambdaAsync(HttpMethod.Delete, $"/2015-03-31/functions/{name}");
        await cloud.RestartAsync();
        Directory.GetDirectories(Path.Combine(_data, "lambda")).ShouldBeEmpty();
        await cloud.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
