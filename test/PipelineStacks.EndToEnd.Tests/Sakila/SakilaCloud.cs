using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Fixtures;
using PipelineStacks.Model;

namespace PipelineStacks.EndToEnd.Tests.Sakila;

/// <summary>The app's dev environment as the CDK CLI synthesises it, and what its database and its replication are asked by in the tests.</summary>
public sealed class SakilaCloud : IAsyncLifetime
{
    public const string Task = "pipelines-dev-task";

    private static readonly Names Names = new("dev");

    private readonly string _settings = Directory.CreateTempSubdirectory("sakila-settings-").FullName;

    public LocalCloudProcess Cloud { get; } = new();

    /// <summary>How the dev environment's settings are other than cdk.json has them.</summary>
    internal Action<JsonObject>? Settings { get; init; }

    /// <summary>What was synthesised.</summary>
    public string Assembly { get; private set; } = "";

    // The server's own folder: there its administrator needs no password.
    private string ServerFolder => Path.GetDirectoryName(Directory.EnumerateFiles(Path.Combine(Cloud.DataDirectory, "rds"), "my.cnf", SearchOption.AllDirectories).Single())!;

    public async Task InitializeAsync()
    {
        await Cloud.InitializeAsync();
        Assembly = Settings is null ? await DevAssembly.FolderAsync() : await DevAssembly.SynthesiseAsync(_settings, Settings);
    }

    public async Task DisposeAsync()
    {
        await Cloud.DisposeAsync();
        Directory.Delete(_settings, recursive: true);
    }

    internal Task DeployAsync(string assembly) => Cloud.DeployDevAsync(assembly);

    /// <summary>What a command of the project's printed that must have done its work.</summary>
    internal async Task<string> DoneAsync(params string[] arguments)
    {
        var result = await Cloud.PipelinesAsync(arguments);
        return result.Succeeded() + result.Error;
    }

    /// <summary>What a command of the project's printed that must have failed at its work.</summary>
    internal async Task<string> FailedAsync(params string[] arguments)
    {
        var result = await Cloud.PipelinesAsync(arguments);
        result.ExitCode.ShouldBe(1, $"{result.Command}\n{result.Output}\n{result.Error}");
        return result.Output + result.Error;
    }

    internal async Task<string> AwsAsync(params string[] arguments) => (await Cloud.AwsAsync([.. arguments, "--output", "text"])).Succeeded().Trim();

    internal async Task<string> PythonAsync(string script) => (await Cloud.PythonAsync(script)).Succeeded();

    internal Task<string> OutputAsync(string stack, string output) => Cloud.OutputAsync(stack, output);

    internal Task<string> LandingAsync() => OutputAsync(Names.StorageStack, Names.BucketOutput(ZoneName.Landing));

    internal Task<string> TaskArnAsync() => OutputAsync(Names.ReplicationStack, Names.ReplicationTaskOutput);

    internal Task<string> TaskAsync(string query) => AwsAsync("dms", "describe-replication-tasks", "--query", $"ReplicationTasks[0].{query}");

    /// <summary>The user by whom DMS connects.</summary>
    internal async Task<JsonNode> ReplicationSecretAsync() =>
        JsonNode.Parse(await AwsAsync("secretsmanager", "get-secret-value", "--secret-id", await OutputAsync(Names.SourceDatabaseStack, Names.ReplicationSecretOutput), "--query", "SecretString"))!;

    internal async Task PutReplicationSecretAsync(JsonNode secret) =>
        await AwsAsync("secretsmanager", "put-secret-value", "--secret-id", await OutputAsync(Names.SourceDatabaseStack, Names.ReplicationSecretOutput), "--secret-string", secret.ToJsonString());

    /// <summary>Runs SQL as the server's administrator.</summary>
    /// <returns>What it selects, a line a row, values apart by tabs.</returns>
    internal async Task<string> SqlAsync(string sql) => (await Tool.RunAsync(
        "mariadb",
        ["--no-defaults", "--socket=mysql.sock", $"--user={System.Environment.UserName}", "--default-character-set=utf8mb4", "--batch", "--raw", "--skip-column-names"],
        folder: ServerFolder,
        input: sql)).Succeeded();

    /// <summary>Waits until DMS has read everything that the database has committed.</summary>
    internal async Task CaughtUpAsync()
    {
        // A change of what isn't replicated, so that the log ends with one.
        await SqlAsync("CREATE DATABASE IF NOT EXISTS marks; CREATE OR REPLACE TABLE marks.mark (id INT);");
        var end = (await SqlAsync("SHOW MASTER STATUS;")).Split('\t');
        (await Cloud.PythonAsync($$"""
            import time
            dms, file, position = client("dms"), "{{end[0]}}", {{end[1]}}
            while True:
                task = dms.describe_replication_tasks()["ReplicationTasks"][0]
                assert task["Status"] == "running", task
                reached = task.get("RecoveryCheckpoint", "").split(":")
                if reached[0] == file and int(reached[1]) >= position:
                    break
                time.sleep(0.05)
            """)).Succeeded();
    }
}
