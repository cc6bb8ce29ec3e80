using System.Text.Json.Nodes;

namespace PipelineStacks.EndToEnd.Tests.Sakila;

/// <summary>The sample database in an environment of <c>replication.mode: serverless</c>.</summary>
public sealed class ServerlessCloud : IAsyncLifetime
{
    public SakilaCloud Sakila { get; } = new()
    {
        Settings = dev =>
        {
            dev["pipelines"] = new JsonArray("sakila");
            dev["replication"] = new JsonObject { ["mode"] = "serverless", ["batchSeconds"] = 10 };
        },
    };

    public async Task InitializeAsync()
    {
        await Sakila.InitializeAsync();
        await Sakila.DeployAsync(Sakila.Assembly);
        await Sakila.DoneAsync("database", "prepare");
        await Sakila.DoneAsync("database", "seed", "--generate", "7");
    }

    public Task DisposeAsync() => Sakila.DisposeAsync();
}

/// <summary>Sakila replicated without an instance, by the same commands.</summary>
public sealed class ServerlessTests(ServerlessCloud fixture) : IClassFixture<ServerlessCloud>
{
    private const string Name = "pipelines-dev-replication";

    private readonly SakilaCloud _sakila = fixture.Sakila;

    [Fact]
    public async Task Commands_OfAServerlessReplication_StartWatchVerifyAndStopIt()
    {
        (await _sakila.TaskArnAsync()).ShouldEndWith($":replication-config:{Name}");
        (await _sakila.DoneAsync("replication", "stop")).ShouldContain($"{Name} is not running: it is ready.");
        (await _sakila.DoneAsync("replication", "start", "--loaded")).ShouldContain($"Starting {Name}: start-replication ...");
        (await _sakila.DoneAsync("replication", "start")).ShouldContain($"{Name} is running already.");

        await _sakila.SqlAsync("UPDATE sakila.actor SET first_name = 'A' WHERE actor_id = 1; DELETE FROM sakila.film_text WHERE film_id = 1;");
        (await _sakila.DoneAsync("replication", "verify", "--wait", "120")).ShouldContain("47,272 rows in 16 tables, and every one is where it should be");
        (await _sakila.DoneAsync("replication", "status")).ShouldContain($"{Name} is running: full-load-and-cdc, 100 % loaded, 16 tables loaded");

        (await _sakila.DoneAsync("replication", "stop")).ShouldContain($"{Name} is stopped.");
        await _sakila.SqlAsync("UPDATE sakila.actor SET first_name = 'B' WHERE actor_id = 1;");
        (await _sakila.DoneAsync("replication", "start")).ShouldContain("resume-processing");
        (await _sakila.DoneAsync("replication", "verify", "--wait", "120")).ShouldContain("every one is where it should be");
    }
}
