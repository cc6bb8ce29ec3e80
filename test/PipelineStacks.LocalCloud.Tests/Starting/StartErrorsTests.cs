namespace PipelineStacks.LocalCloud.Tests.Starting;

public sealed class StartErrorsTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("start-errors-").FullName;

    [Fact]
    public async Task Start_OnAPortInUse_SaysSo()
    {
        await using var first = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0 });
        var options = new LocalCloudOptions { Port = first.Endpoint.Port, DataDirectory = _data };
        (await ErrorOfAsync(options)).ShouldBe(
            $"Port {options.Port} is in use. Stop what listens there, or choose another with --port (and AWS_ENDPOINT_URL).");

        // The failed start has let go of its directory.
        await using var next = await LocalCloudHost.StartAsync(options with { Port = 0 });
        next.DataDirectory.ShouldBe(_data);
    }

    [Fact]
    public async Task Start_OnADirectoryInUse_SaysSo()
    {
        var options = new LocalCloudOptions { Port = 0, DataDirectory = _data };
        await using var first = await LocalCloudHost.StartAsync(options);
        (await ErrorOfAsync(options)).ShouldBe(
            $"The data directory {_data} is in use by another local cloud. Stop that one, or choose another directory with --data.");
    }

    [Fact]
    public async Task Start_OnAFileInTheDirectorysPlace_SaysSo()
    {
        var file = Path.Combine(_data, "file");
        await File.WriteAllTextAsync(file, "");
        (await ErrorOfAsync(new LocalCloudOptions { Port = 0, DataDirectory = file })).ShouldBe(
            $"The data directory {file} can't be used: The file '{file}' already exists. Choose another with --data.");
    }

    [Fact]
    public async Task Start_OnStateThatIsDamaged_NamesTheFile()
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(_data, "state", "iam", "roles", "1", "global")).FullName, "r.json");
        await File.WriteAllTextAsync(file, """{"Key":""");
        var error = await ErrorOfAsync(new LocalCloudOptions { Port = 0, DataDirectory = _data });
        error.ShouldStartWith($"The state file {file} can't be read: ");
        error.ShouldEndWith(" Delete it to lose that resource alone, or its data directory to start anew.");
    }

    [Fact]
    public async Task Stop_OfAnEphemeralCloud_DeletesItsDirectory()
    {
        var cloud = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0 });
        var directory = cloud.DataDirectory;
        Directory.Exists(directory).ShouldBeTrue();
        await cloud.DisposeAsync();
        Directory.Exists(directory).ShouldBeFalse();
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private static async Task<string> ErrorOfAsync(LocalCloudOptions options)
    {
        var error = await Should.ThrowAsync<Exception>(() => LocalCloudHost.StartAsync(options));
        StartErrors.IsExpected(error).ShouldBeTrue();
        return StartErrors.Explain(options, error);
    }
}
