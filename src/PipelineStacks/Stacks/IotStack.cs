using Constructs;
using PipelineStacks.Iot;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Streaming;

namespace PipelineStacks.Stacks;

/// <summary>What <see cref="IotStack"/> connects.</summary>
public sealed record IotStackProps
{
    /// <summary>The datasets; those that devices publish get rules.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>Where the messages go.</summary>
    public required StorageStack Storage { get; init; }

    /// <summary>What the rows look like.</summary>
    public required CatalogStack Catalog { get; init; }
}

/// <summary>What devices connect by, and per dataset of theirs a rule to a data stream and one to the landing zone.</summary>
public sealed class IotStack : EnvironmentStack
{
    private readonly EnvironmentSettings _settings;
    private readonly IotStackProps _props;
    private readonly List<StreamedDataset> _streamed = [];

    /// <summary>Creates identities and rules of an environment.</summary>
    public IotStack(Construct scope, EnvironmentSettings settings, IotStackProps props)
        : base(scope, "Iot", new Names(settings.Name).IotStack, "Devices, and the rules for what they publish", settings)
    {
        (_settings, _props) = (settings, props);
        foreach (var pipeline in props.Datasets.Where(dataset => dataset.Source is TopicSource).GroupBy(dataset => dataset.Pipeline))
        {
            var identity = new DeviceIdentity(this, Names.Pascal(pipeline.Key), new DeviceIdentityProps { Pipeline = pipeline.Key, Datasets = [.. pipeline], Settings = settings });
            Output(Names.ThingTypeOutput(pipeline.Key), identity.Type.Ref, $"The type of the things of {pipeline.Key}");
            Output(Names.DevicePolicyOutput(pipeline.Key), identity.Policy.Ref, $"The policy for certificates of devices of {pipeline.Key}");
            foreach (var dataset in pipeline)
                Route(dataset);
        }
        if (settings.Iot.AccountLogging)
            new AccountLogging(this, "Logging", new AccountLoggingProps { Settings = settings });
    }

    /// <summary>The datasets with what their rules write to.</summary>
    public IReadOnlyList<StreamedDataset> Streamed => _streamed;

    private void Route(Dataset dataset)
    {
        var (id, key) = (Names.Pascal(dataset.Name), _props.Storage.Key);
        var quarantine = new RuleQuarantine(this, $"{id}Quarantine", new RuleQuarantineProps { Dataset = dataset, Landing = _props.Storage.Landing, Key = key });
        var stream = new EventStream(this, $"{id}Stream", new EventStreamProps { Settings = _settings, Key = key });
        var live = new StreamRule(this, $"{id}StreamRule", new StreamRuleProps { Dataset = dataset, Settings = _settings, Stream = stream, Key = key, Quarantine = quarantine });
        var delivery = new ParquetDelivery(this, $"{id}Delivery", new ParquetDeliveryProps
        {
            Dataset = dataset,
            Settings = _settings,
            Table = _props.Catalog.Tables[dataset.Name].Landing!,
            Destination = _props.Storage.Landing,
            Key = key,
        });
        var lake = new DeliveryRule(this, $"{id}DeliveryRule", new DeliveryRuleProps { Dataset = dataset, Settings = _settings, Delivery = delivery, Quarantine = quarantine });
        _streamed.Add(new(dataset, stream, delivery));
        Output(Names.StreamOutput(dataset.Name), stream.Stream.StreamName, $"The stream of {dataset.Name} for those who can't wait");
        Output(Names.StreamArnOutput(dataset.Name), stream.Stream.StreamArn, $"The ARN of the stream of {dataset.Name}");
        Output(Names.DeliveryStreamOutput(dataset.Name), delivery.Name, $"The delivery of {dataset.Name} into the landing zone");
        Output(Names.StreamRuleOutput(dataset.Name), live.Rule.Ref, $"The rule that takes {dataset.Name} to the stream");
        Output(Names.DeliveryRuleOutput(dataset.Name), lake.Rule.Ref, $"The rule that takes {dataset.Name} to the landing zone");
    }
}
