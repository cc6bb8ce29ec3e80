namespace PipelineStacks.Model.Tests;

public sealed class NamesTests
{
    [Fact]
    public void Names_AreStable_SinceResourcesAndPeopleCarryThem()
    {
        var names = new Names("dev");

        names.Stage.ShouldBe("Dev");
        names.Stacks.ShouldBe(["pipelines-dev-storage", "pipelines-dev-catalog", "pipelines-dev-streaming", "pipelines-dev-analytics"]);
        names.WorkGroup.ShouldBe("pipelines-dev");
        Enum.GetValues<ZoneName>().Select(names.Database).ShouldBe(["pipelines_dev_landing", "pipelines_dev_clean", "pipelines_dev_curated"]);
        Enum.GetValues<ZoneName>().Select(Names.BucketOutput).ShouldBe(["LandingBucketName", "CleanBucketName", "CuratedBucketName"]);
        Names.StreamOutput("film_events").ShouldBe("FilmEventsStreamName");
        Names.StreamArnOutput("film_events").ShouldBe("FilmEventsStreamArn");
        Names.DeliveryStreamOutput("film_events").ShouldBe("FilmEventsDeliveryStreamName");
    }
}
