using System.Text.Json.Nodes;
using PipelineStacks.Cli.Tests.Fixtures;
using PipelineStacks.Cli.Verify;
using PipelineStacks.Cli.Verify.Probes;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Tests.Verify;

public sealed class RunMarkTests
{
    [Fact]
    public void Mark_OfARun_IsItsOwnAndLongBeforeAnyData()
    {
        var marks = Enumerable.Range(0, 200).Select(_ => RunMark.New(new JumpingTime())).ToList();
        marks.Select(mark => mark.Text).Distinct().Count().ShouldBe(200);
        marks.ShouldAllBe(mark => mark.Day > new DateOnly(1970, 1, 1) && mark.Day.Year < 2000);
        marks.Select(mark => mark.Day).Distinct().Count().ShouldBeGreaterThan(180);
        // Whoever looks for one run again finds the same day.
        new RunMark("20261120093000-1f2e3d").ShouldBe(new RunMark("20261120093000-1f2e3d"));
        new RunMark("20261120093000-1f2e3d").Day.ShouldBe(new RunMark("20261120093000-1f2e3d").Day);
    }

    [Theory]
    [InlineData("film_events")]
    [InlineData("play_logs")]
    public void Records_OfADataset_CarryTheMarkAndAreOtherwiseSamples(string name)
    {
        var (dataset, mark) = (DatasetCatalog.Find(name), new RunMark("20261120093000-1f2e3d"));
        var records = MarkedRecords.Make(((RecordSource)dataset.Source).SampleTemplate, 3, MarkedRecords.Own(dataset, mark), new JumpingTime()).Select(record => JsonNode.Parse(record)!.AsObject()).ToList();
        var (key, time) = (Key(dataset, dataset.Key[0]), Key(dataset, dataset.Partition!.Of));
        records.Select(record => (string)record[key]!).ShouldBe([$"{mark.Text}-000001", $"{mark.Text}-000002", $"{mark.Text}-000003"]);
        records.Select(record => (string)record[time]!).ShouldBe([$"{mark.DayText} 12:00:01", $"{mark.DayText} 12:00:02", $"{mark.DayText} 12:00:03"]);
        records.ShouldAllBe(record => dataset.Columns.All(column => record[column.Key] != null));
    }

    [Fact]
    public void Times_OfManyRecords_StayWithinTheDay()
    {
        var mark = new RunMark("20261120093000-1f2e3d");
        foreach (var record in new[] { 1, 10_000, 43_199, 100_000 })
            mark.Time(record).ShouldStartWith(mark.DayText);
    }

    private static string Key(Dataset dataset, string column) => dataset.Columns.Single(one => one.Name == column).Key;
}
