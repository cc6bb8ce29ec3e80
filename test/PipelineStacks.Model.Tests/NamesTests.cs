using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests;

public sealed class NamesTests
{
    [Fact]
    public void Names_AreStable_SinceResourcesAndPeopleCarryThem()
    {
        var names = new Names("dev");

        names.Stage.ShouldBe("Dev");
        names.Stacks.ShouldBe(["pipelines-dev-storage", "pipelines-dev-catalog", "pipelines-dev-streaming", "pipelines-dev-analytics"]);
        names.StacksOf(new EnvironmentSettings { Pipelines = ["sakila"] }).ShouldBe([
            "pipelines-dev-storage", "pipelines-dev-catalog", "pipelines-dev-accountbaseline", "pipelines-dev-network", "pipelines-dev-sourcedatabase",
            "pipelines-dev-replication", "pipelines-dev-analytics"]);
        names.StacksOf(new EnvironmentSettings()).ShouldBe(names.Stacks);
        names.WorkGroup.ShouldBe("pipelines-dev");
        Enum.GetValues<ZoneName>().Select(names.Database).ShouldBe(["pipelines_dev_landing", "pipelines_dev_clean", "pipelines_dev_curated"]);
        Enum.GetValues<ZoneName>().Select(Names.BucketOutput).ShouldBe(["LandingBucketName", "CleanBucketName", "CuratedBucketName"]);
        Names.StreamOutput("film_events").ShouldBe("FilmEventsStreamName");
        Names.StreamArnOutput("film_events").ShouldBe("FilmEventsStreamArn");
        Names.DeliveryStreamOutput("film_events").ShouldBe("FilmEventsDeliveryStreamName");
    }
}
