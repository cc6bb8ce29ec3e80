using PipelineStacks.Tests.Snapshots;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Delivery;

/// <summary>The delivery as files that a review reads, beside those of the environments.</summary>
[Collection(DeliveryTests.Name)]
public sealed class DeliverySnapshotTests(DeliveryTemplates templates)
{
    [Theory]
    [InlineData("pipelines-delivery")]
    [InlineData("pipelines-qa-verification")]
    [InlineData("pipelines-prod-verification")]
    public void Template_IsTheAcceptedOne(string stack) =>
        SnapshotTests.Compare(Path.Combine("Delivery", $"{stack}.json"), Readable.Snapshot(templates.All.Single(template => template.StackName == stack)));
}
