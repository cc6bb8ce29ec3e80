using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Kinesis.Operations;
using PipelineStacks.LocalCloud.Services.Kinesis.Provisioning;
using PipelineStacks.LocalCloud.Services.Kinesis.Records;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis;

internal static class KinesisModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<StreamStore>().AddSingleton<MetricsFlush>();
        services.AddSingleton<RecordWriter>().AddSingleton<ShardReads>().AddSingleton<ShardIterators>();
        services.AddSingleton<PutRecordOperation>().AddSingleton<PutRecordsOperation>().AddSingleton<GetRecordsOperation>();
        services.AddSingleton<GetShardIterator>().AddSingleton<StreamOperations>().AddSingleton<ShardOperations>();
        services.AddSingleton<StreamSettings>().AddSingleton<TagOperations>().AddSingleton<ConsumerOperations>().AddSingleton<PolicyOperations>();
        services.AddSingleton<OnDemandScaling>().AddHostedService<RetentionSweep>();
        services.AddSingleton<IStreamReader, ShardStreamReader>().AddSingleton<IStreamWriter, ShardStreamWriter>();
        services.AddSingleton<KinesisService>().AddSingleton<IJsonService>(provider => provider.GetRequiredService<KinesisService>());
        services.AddSingleton<IResourceProvisioner, StreamProvisioner>().AddSingleton<IResourceProvisioner, ConsumerProvisioner>();
    }
}
