using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests;

public sealed class NamesTests
{
    [Fact]
    public void Names_AreStable_SinceResourcesAndPeopleCarryThem()
    {
        var names = new Names("dev");

        names.Stage.ShouldBe("Dev");
        names.Stacks.ShouldBe(["pipelines-dev-storage", "pipelines-dev-catalog", "pipelines-dev-streaming", "pipelines-dev-etl", "pipelines-dev-analytics", "pipelines-dev-monitoring"]);
        names.StacksOf(new EnvironmentSettings { Pipelines = ["sakila"] }).ShouldBe([
            "pipelines-dev-storage", "pipelines-dev-catalog", "pipelines-dev-accountbaseline", "pipelines-dev-network", "pipelines-dev-sourcedatabase",
            "pipelines-dev-replication", "pipelines-dev-etl", "pipelines-dev-analytics", "pipelines-dev-monitoring"]);
        names.StacksOf(new EnvironmentSettings()).ShouldBe(names.Stacks);
        names.StacksOf(new EnvironmentSettings { Etl = new() { Enabled = false } }).ShouldNotContain("pipelines-dev-etl");
        names.WorkGroup.ShouldBe("pipelines-dev");
        (names.LakeWorkflow, names.ArrivalWorkflow("play-logs"), names.Crawler("play-logs")).ShouldBe(("pipelines-dev-lake", "pipelines-dev-play-logs", "pipelines-dev-play-logs"));
        (names.CleanJob("sakila"), names.QualityJob, names.CuratedJob).ShouldBe(("pipelines-dev-clean-sakila", "pipelines-dev-quality", "pipelines-dev-curated"));
        names.Ruleset("film_events").ShouldBe("pipelines-dev-film_events");
        (Names.LakeWorkflowOutput, Names.ArrivalWorkflowOutput("play-logs")).ShouldBe(("LakeWorkflowName", "PlayLogsWorkflowName"));
        Enum.GetValues<ZoneName>().Select(names.Database).ShouldBe(["pipelines_dev_landing", "pipelines_dev_clean", "pipelines_dev_curated"]);
        Enum.GetValues<ZoneName>().Select(Names.BucketOutput).ShouldBe(["LandingBucketName", "CleanBucketName", "CuratedBucketName"]);
        Names.StreamOutput("film_events").ShouldBe("FilmEventsStreamName");
        Names.StreamArnOutput("film_events").ShouldBe("FilmEventsStreamArn");
        Names.DeliveryStreamOutput("film_events").ShouldBe("FilmEventsDeliveryStreamName");
    }
}
