using System.Diagnostics;
using System.Text.Json;

namespace PipelineStacks.EndToEnd.Tests.Fixtures;

/// <summary>
/// A local cloud in a process of its own, as users start it, on a free port and a data directory of its own that outlives
/// stops and kills. As an xunit fixture it is one cloud for a class of tests.
/// </summary>
public sealed class LocalCloudProcess : IAsyncLifetime
{
    public const string Region = "eu-west-1";

    private readonly string _data = Directory.CreateTempSubdirectory("end-to-end-").FullName;
    private readonly string _assembly = Directory.CreateTempSubdirectory("end-to-end-cdk-").FullName;
    private readonly List<string> _errors = [];
    private readonly Dictionary<string, Dictionary<string, string>> _outputs = [];
    private Process? _process;

    /// <summary>Options besides the port and the data directory, such as <c>--virtual-time</c>. Set before the start.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    public Uri Endpoint { get; private set; } = null!;

    public int ProcessId => Running.Id;

    public string DataDirectory => _data;

    /// <summary>The standard environment variables that point any client at this cloud.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Url,
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_REGION"] = Region,
        ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_PAGER"] = "",
        ["CDK_DISABLE_CLI_TELEMETRY"] = "true",
        ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20",
    };

    /// <summary>The endpoint without a slash at its end.</summary>
    public string Url => Endpoint.GetLeftPart(UriPartial.Authority);

    private Process Running => _process ?? throw new InvalidOperationException("The local cloud is not running.");

    public Task InitializeAsync() => StartAsync();

    /// <summary>Starts it, or starts it again on the same data and port.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        string[] arguments = [Repository.LocalCloud, "--port", Endpoint is null ? "0" : $"{Endpoint.Port}", "--data", _data, .. Options];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("The local cloud did not start.");
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.Add(line.Data ?? "");
        };
        _process.BeginErrorReadLine();

        // "Local cloud ready on http://127.0.0.1:4566 after 0.12 s, state in …"; null is the end of a process that never got there.
        var first = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) => first.TrySetResult(line.Data);
        _process.BeginOutputReadLine();
        var ready = await first.Task ?? throw new InvalidOperationException($"The local cloud ended at once: {Errors}");
        Endpoint = new Uri(ready.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)));
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        Running.Kill();
        await Running.WaitForExitAsync();
    }

    /// <summary>A clean stop, as by Ctrl+C. The exit code must be 0.</summary>
    public async Task StopAsync()
    {
        (await Tool.RunAsync("/bin/kill", ["-TERM", $"{Running.Id}"])).Succeeded();
        await Running.WaitForExitAsync();
        Running.ExitCode.ShouldBe(0, Errors);
    }

    /// <summary>Moves virtual time on and waits for everything that falls due.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        var seconds = by.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var answer = await http.PostAsync(new Uri(Endpoint, $"/_local/clock/advance?seconds={seconds}"), null);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>An output of a deployed stack, which is asked for once.</summary>
    internal async Task<string> OutputAsync(string stack, string output)
    {
        if (!_outputs.TryGetValue(stack, out var outputs))
        {
            outputs = JsonSerializer.Deserialize<Dictionary<string, string>>((await PythonAsync($$"""
                outputs = client("cloudformation").describe_stacks(StackName="{{stack}}")["Stacks"][0]["Outputs"]
                print(json.dumps({output["OutputKey"]: output["OutputValue"] for output in outputs}))
                """)).Succeeded())!;
            _outputs[stack] = outputs;
        }

        return outputs[output];
    }

    /// <summary>awscli against this cloud.</summary>
    internal Task<ToolResult> AwsAsync(params string[] arguments) => Tool.RunAsync(Tool.Aws, ["--endpoint-url", Url, .. arguments], Environment);

    /// <summary>A Python script; <c>client("s3")</c> in it makes a boto3 client of this cloud.</summary>
    internal Task<ToolResult> PythonAsync(string script) => Tool.RunAsync(Tool.Python, ["-"], Environment, input: $"""
        import boto3, os, json
        def client(service):
            return boto3.client(service, endpoint_url=os.environ["AWS_ENDPOINT_URL"])
        {script}
        """);

    /// <summary>The CDK CLI against this cloud, with an output directory of its own: the CLI locks it, and test classes run side by side.</summary>
    internal Task<ToolResult> CdkAsync(params string[] arguments) =>
        Tool.RunAsync("node", [Repository.Cdk, "--no-notices", "--no-color", .. arguments.Contains("--output") ? Array.Empty<string>() : ["--output", _assembly], .. arguments], Environment);

    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_assembly, recursive: true);
    }

    private string Errors
    {
        get
        {
            lock (_errors)
                return string.Join('\n', _errors);
        }
    }
}
