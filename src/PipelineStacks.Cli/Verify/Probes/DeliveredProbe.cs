using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Verify.Probes;

/// <summary>Records that a delivery stream brings into the landing zone.</summary>
/// <param name="stack">The stack that it belongs to.</param>
internal abstract class DeliveredProbe(VerifyScope scope, IReadOnlyList<Dataset> datasets, string stack) : RecordProbe(scope, datasets)
{
    public override async Task<string> DeliveryAsync(CancellationToken cancel) => $"delivery stream {await OutputAsync(Names.DeliveryStreamOutput(Dataset.Name), cancel)}";

    public override async Task<string> ExplainAsync(CancellationToken cancel)
    {
        var name = await OutputAsync(Names.DeliveryStreamOutput(Dataset.Name), cancel);
        var status = (await Scope.Aws.Firehose.DescribeDeliveryStreamAsync(name, cancel)).DeliveryStreamStatus;
        return $"delivery stream {name} is {status}, and has delivered neither there nor to quarantine, though it gathers for {Scope.Settings.Delivery.BufferSeconds} s only";
    }

    protected Task<string> OutputAsync(string name, CancellationToken cancel) => Scope.Environment.OutputAsync(stack, name, cancel);
}
