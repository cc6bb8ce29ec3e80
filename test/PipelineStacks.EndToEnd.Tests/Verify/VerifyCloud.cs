using System.Net.Http.Json;
using System.Text.Json;
using PipelineStacks.Cli;
using PipelineStacks.Cli.Output;
using PipelineStacks.EndToEnd.Tests.Docs;
using PipelineStacks.EndToEnd.Tests.Fixtures;
using CommandLine = PipelineStacks.Cli.CommandLine;

namespace PipelineStacks.EndToEnd.Tests.Verify;

/// <summary>
/// Dev as cdk.json has it, deployed once and verified by the roles of the delivery, with test data and without. Buffers, batches and alarms, for which
/// verify waits minutes, pass in moments of virtual time.
/// </summary>
public sealed class VerifyCloud : IAsyncLifetime
{
    public const string WithTestData = "arn:aws:iam::000000000000:role/pipelines-qa-verification";
    public const string WithoutTestData = "arn:aws:iam::000000000000:role/pipelines-prod-verification";

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly CloudTime _time = new();

    public LocalCloudProcess Cloud { get; } = new() { Options = ["--virtual-time"] };

    internal string JUnit => Path.Combine(Cloud.DataDirectory, "verify.xml");

    /// <summary>The run on what has just been deployed: the database is empty, and its replication was never started.</summary>
    internal VerifyRun First { get; private set; } = null!;

    /// <summary>Of tables in which its records were, the rows after it.</summary>
    internal string RowsAfterFirst { get; private set; } = "";

    /// <summary>A run without test data after that.</summary>
    internal VerifyRun Look { get; private set; } = null!;

    /// <summary>What each role called in these runs.</summary>
    internal IReadOnlyDictionary<string, string[]> Called { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Cloud.StartAsync();
        await Cloud.DeployDevAsync();
        var documented = new Document("docs/verify.md").Commands.Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        First = await VerifyAsync(await AssumeAsync(WithTestData), [.. documented[0][2..], "--junit", JUnit]);
        RowsAfterFirst = await RowsAsync("landing.film_events", "landing.film", "landing.device_readings", "clean.film_events", "clean.film", "clean.play_logs", "clean.device_readings", "curated.streaming_films", "curated.film_category", "curated.player_sessions");
        Look = await VerifyAsync(await AssumeAsync(WithoutTestData), documented[1][2..]);
        using var http = new HttpClient();
        Called = (await http.GetFromJsonAsync<Dictionary<string, string[]>>(new Uri(Cloud.Endpoint, "/_local/actions")))!;
    }

    public Task DisposeAsync() => Cloud.DisposeAsync();

    /// <summary>What <c>pipelines verify</c> found.</summary>
    internal Task<VerifyRun> VerifyAsync(params string[] arguments) => VerifyAsync(Cloud.Environment, arguments);

    /// <summary>A command of the project's, while the cloud's time passes.</summary>
    internal Task<ToolResult> ToolAsync(params string[] arguments) => ToolAsync(Cloud.Environment, arguments);

    private async Task<string> RowsAsync(params string[] tables)
    {
        var result = await ToolAsync("query", "SELECT " + string.Join(", ", tables.Select((table, i) => $"(SELECT count(*) FROM pipelines_dev_{table}) AS n{i}")), "--format", "json");
        return string.Join(' ', JsonDocument.Parse(result.Succeeded()).RootElement[0].EnumerateObject().Select(count => count.Value.GetInt64()));
    }

    private async Task<VerifyRun> VerifyAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var result = await ToolAsync(environment, ["verify", "--timeout", "10", "--format", "json", .. arguments]);
        result.Output.ShouldStartWith("{", customMessage: result.Error);
        return new(result.ExitCode, result.Error, JsonDocument.Parse(result.Output).RootElement);
    }

    private async Task<ToolResult> ToolAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var context = new CliContext(new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false), _time, environment.GetValueOrDefault, Repository.Root);
        var command = Task.Run(() => CommandLine.InvokeAsync(arguments, context));
        while (!command.IsCompleted)
        {
            await Cloud.AdvanceAsync(Tick);
            _time.Now += Tick;
            await Task.WhenAny(command, Task.Delay(20));
        }

        return new(string.Join(' ', arguments), await command, output.ToString(), error.ToString());
    }

    private async Task<IReadOnlyDictionary<string, string>> AssumeAsync(string role)
    {
        var credentials = JsonDocument.Parse((await Cloud.AwsAsync("sts", "assume-role", "--role-arn", role, "--role-session-name", "verify", "--query", "Credentials")).Succeeded()).RootElement;
        return new Dictionary<string, string>(Cloud.Environment)
        {
            ["AWS_ACCESS_KEY_ID"] = credentials.GetProperty("AccessKeyId").GetString()!,
            ["AWS_SECRET_ACCESS_KEY"] = credentials.GetProperty("SecretAccessKey").GetString()!,
            ["AWS_SESSION_TOKEN"] = credentials.GetProperty("SessionToken").GetString()!,
        };
    }

    /// <summary>The date of the cloud, with the machine's timers.</summary>
    private sealed class CloudTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>What a run found, by its JSON.</summary>
internal sealed record VerifyRun(int ExitCode, string Error, JsonElement Report)
{
    public string Run => Report.GetProperty("run").GetString()!;

    /// <summary>
    /// Such as <c>film-events clean</c>, with what went wrong. Without the alarms, which still tell of what was broken for another test.
    /// </summary>
    public IReadOnlyDictionary<string, string> Failures => Steps("failed").Where(step => step.GetProperty("name").GetString() != "alarms").ToDictionary(
        step => $"{step.GetProperty("pipeline").GetString()} {step.GetProperty("name").GetString()}", step => step.GetProperty("message").GetString()!, StringComparer.Ordinal);

    public IEnumerable<JsonElement> Steps(string status) => Report.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("status").GetString() == status);

    public bool Passed(string pipeline, string step) =>
        Steps("passed").Any(one => one.GetProperty("pipeline").GetString() == pipeline && one.GetProperty("name").GetString() == step);
}
