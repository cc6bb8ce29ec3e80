using PipelineStacks.Aws.Lambda;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Databases;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Counts_OfADatabase_AreItsTables()
    {
        using var replication = new FakeReplication("ready") { Source = { ["sakila.actor"] = 200, ["sakila.film"] = 1000 } };
        var (code, output, _) = await replication.RunAsync("database", "counts", "--format", "csv");
        output.ReplaceLineEndings("\n").ShouldBe("table,rows\nsakila.actor,200\nsakila.film,1000\n");
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Seed_OfADatabaseThatIsThere_ChangesNothing()
    {
        using var replication = new FakeReplication("ready") { Source = { ["sakila.actor"] = 200 } };
        var (code, _, error) = await replication.RunAsync("database", "seed");
        error.TrimEnd().ShouldBe("The database is there already, with 200 rows.");
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Seed_OfADatabaseThatIsHalfThere_AsksBeforeItReplaces()
    {
        using var replication = new FakeReplication("ready") { Source = { ["sakila.actor"] = 200, ["sakila.store"] = 0, ["sakila.film"] = null } };
        var (code, _, error) = await replication.RunAsync("database", "seed");
        error.TrimEnd().ShouldBe(
            "The database is there and has no rows in sakila.film, sakila.store: its loading was interrupted, or somebody uses it. Load it anew, over what is there, with --replace.");
        code.ShouldBe(ExitCode.Failed);
    }

    [Theory]
    [InlineData("""{"errorType":"Error","errorMessage":"Can't connect to db:3306"}""", "The function admin: Can't connect to db:3306")]
    [InlineData("Killed", "The function admin: Killed")]
    public void Function_ThatFails_TellsWhy(string answer, string expected) =>
        Failures.Explain(FunctionFailedException.Read("admin", System.Text.Encoding.UTF8.GetBytes(answer))).ShouldBe((ExitCode.Failed, expected));
}
