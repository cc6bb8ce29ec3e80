using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Firehose.Conversion;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;

namespace PipelineStacks.LocalCloud.Services.Firehose;

internal static class FirehoseModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ConversionEngine>().AddSingleton<DeliveryServices>();
        services.AddSingleton<DeliveryStreamStore>().AddSingleton<IHostedService>(provider => provider.GetRequiredService<DeliveryStreamStore>());
        services.AddSingleton<DeliveryStreams>().AddSingleton<DeliveryRecords>().AddSingleton<DeliveryStreamTags>();
        services.AddSingleton<IJsonService, FirehoseService>();
        services.AddSingleton<IResourceProvisioner, DeliveryStreamProvisioner>();
    }
}
