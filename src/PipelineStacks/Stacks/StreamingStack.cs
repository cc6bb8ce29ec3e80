using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Streaming;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="StreamingStack"/> connects.</summary>
public sealed record StreamingStackProps
{
    /// <summary>The datasets; those that come from a stream get one.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Where the records go.</summary>
    public required StorageStack Storage { get; init; }

    /// <summary>What the records look like.</summary>
    public required CatalogStack Catalog { get; init; }
}

/// <summary>A dataset with its data stream and its delivery, which reads that stream or is written to beside it.</summary>
public sealed record StreamedDataset(Dataset Dataset, EventStream Stream, ParquetDelivery Delivery);

/// <summary>Per streamed dataset a data stream and its delivery into the landing zone.</summary>
public sealed class StreamingStack : EnvironmentStack
{
    private readonly List<StreamedDataset> _streamed = [];

    /// <summary>Creates the streams of an environment.</summary>
    public StreamingStack(Construct scope, EnvironmentSettings settings, StreamingStackProps props)
        : base(scope, "Streaming", new Names(settings.Name).StreamingStack, "Data streams and their delivery into the landing zone", settings)
    {
        foreach (var dataset in props.Datasets.Where(dataset => dataset.Source is StreamSource))
        {
            var id = Names.Pascal(dataset.Name);
            var stream = new EventStream(this, $"{id}Stream", new EventStreamProps { Settings = settings, Key = props.Storage.Key });
            var delivery = new ParquetDelivery(this, $"{id}Delivery", new ParquetDeliveryProps
            {
                Dataset = dataset,
                Settings = settings,
                Source = stream,
                Table = props.Catalog.Tables[dataset.Name].Landing!,
                Destination = props.Storage.Landing,
                Key = props.Storage.Key,
            });
            _streamed.Add(new(dataset, stream, delivery));
            Output(Names.StreamOutput(dataset.Name), stream.Stream.StreamName, $"The stream that producers of {dataset.Name} write to");
            Output(Names.StreamArnOutput(dataset.Name), stream.Stream.StreamArn, $"The ARN of the stream of {dataset.Name}");
            Output(Names.DeliveryStreamOutput(dataset.Name), delivery.Name, $"The delivery of {dataset.Name} into the landing zone");
        }
    }

    /// <summary>The datasets with their streams.</summary>
    public IReadOnlyList<StreamedDataset> Streamed => _streamed;
}
