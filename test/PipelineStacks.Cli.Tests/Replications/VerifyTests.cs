using PipelineStacks.Cli.Replications;
using PipelineStacks.Cli.Tests.Fixtures;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Replications;

public sealed class VerifyTests
{
    [Theory]
    [InlineData(200L, 200L, "Table completed", 200, 0, null)]
    [InlineData(null, 200L, "Table completed", 200, 0, "the source has no such table")]
    [InlineData(200L, null, null, 0, 0, "the task does not replicate it")]
    [InlineData(200L, 0L, "Table error", 0, 0, "DMS reports an error of the table")]
    [InlineData(1200L, 200L, "Table completed", 200, 0, "between source and DMS 1,000 are missing")]
    [InlineData(200L, 200L, "Table completed", 199, 0, "between DMS and landing zone 1 are missing")]
    [InlineData(200L, 200L, "Table completed", 201, 0, "between DMS and landing zone 1 are too many")]
    [InlineData(200L, 200L, "Table completed", 200, 3, "3 lines are in the landing zone twice")]
    [InlineData(200L, 200L, "Table completed", 200, 0, "values in the source and in the landing zone differ: their checksums are 7 and 8", "8")]
    public void Counts_ByTheirDifference_NameWhereItIs(long? source, long? replicated, string? state, long landed, long doubled, string? expected, string checksum = "7") =>
        new TableReconciliation("sakila.actor", source, replicated, state, landed, doubled, "7", checksum).Difference.ShouldBe(expected);

    [Fact]
    public async Task Verify_WhereAllIsEqual_Succeeds()
    {
        using var replication = Equal();
        var (code, output, error) = await replication.RunAsync("replication", "verify", "--format", "csv");
        output.ShouldContain("sakila.actor,105,105,105,-42,-42,");
        error.ShouldContain("rows in 16 tables, and every one is where it should be, with the values that it should have.");
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Verify_WhereATableDiffers_FailsAndNamesIt()
    {
        using var replication = Equal();
        replication.Landed["rental"] = (104, 0, "-42");
        var (code, output, error) = await replication.RunAsync("replication", "verify", "--format", "json");
        output.ShouldContain("\"difference\": \"between DMS and landing zone 1 are missing\"");
        error.TrimEnd().ReplaceLineEndings("\n").ShouldBe("sakila.rental: between DMS and landing zone 1 are missing.\n1 of 16 tables differ. Changes may be under way: --wait counts again.");
        code.ShouldBe(ExitCode.Failed);
    }

    private static FakeReplication Equal()
    {
        var replication = new FakeReplication("running");
        foreach (var dataset in DatasetCatalog.All.Where(dataset => dataset.Source is DatabaseSource))
        {
            replication.Source[$"sakila.{dataset.Name}"] = 105;
            replication.Statistics.Add(($"sakila.{dataset.Name}", "Table completed", 100, 10, 7, 5));
            replication.Landed[dataset.Name] = (105, 0, FakeReplication.SourceChecksum);
        }

        return replication;
    }
}
