using PipelineStacks.Cli.Tests.Fixtures;
using PipelineStacks.Cli.Verify;
using PipelineStacks.Cli.Verify.Probes;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Tests.Verify;

public sealed class JourneyTests
{
    private const string AdminSecret = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:admin-AbCdEf";

    [Fact]
    public async Task Records_ThatMayNotBeSent_AreSkippedWithTheReason_AndTheOthersGoOn()
    {
        using var service = FakeAthena.Of(() => 100);
        var scope = Scopes.Of(service, new JumpingTime(), TimeSpan.FromSeconds(5)) with { Settings = new() { Name = "dev", Etl = new() { Enabled = false } } };
        using var aws = scope.Aws;
        var log = new StepLog(scope.Context);
        var (others, own) = (new FakeProbe(scope) { Refusal = "the database is not the environment's own" }, new FakeProbe(scope));

        await new Journey(scope, log, new LakeCheck(scope)).RunAsync([others, own], CancellationToken.None);

        others.Done.ShouldBeEmpty();
        own.Done.ShouldBe(["sent", "removed"]);
        log.Steps.Select(step => $"{step.Name} {step.Status} {step.Message}".Trim()).ShouldBe(
            ["send Skipped the database is not the environment's own", "send Passed", "landing Passed", "quarantine Passed", "clean up Passed"]);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("db.example.com", AdminSecret, true)]
    [InlineData("db.example.com", null, false)]
    public void Database_IsWrittenTo_WhereTheEnvironmentAdministersIt(string? host, string? adminSecret, bool expected)
    {
        using var service = new FakeService((_, _) => (500, "", null));
        var scope = Scopes.Of(service, new JumpingTime(), TimeSpan.FromSeconds(5)) with
        {
            Settings = new() { Name = "dev", Database = new DatabaseSettings { Host = host, AdminSecretArn = adminSecret } },
        };
        using var aws = scope.Aws;
        var sakila = DatasetCatalog.All.Where(dataset => dataset.Source is DatabaseSource).ToList();

        (new DatabaseProbe(scope, sakila).Unsendable is null).ShouldBe(expected);
    }
}
