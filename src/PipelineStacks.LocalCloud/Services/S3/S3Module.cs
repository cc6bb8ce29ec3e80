using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.S3.Http;
using PipelineStacks.LocalCloud.Services.S3.Multipart;
using PipelineStacks.LocalCloud.Services.S3.Provisioning;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Services.S3;

internal static class S3Module
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<FileReaper>().AddSingleton<Buckets>().AddSingleton<Notifications>().AddSingleton<ObjectWriter>();
        services.AddSingleton<IObjectStore, ObjectStore>();
        services.AddSingleton<IRestService, S3Service>();
        services.AddSingleton<IS3Operations, BucketOperations>();
        services.AddSingleton<IS3Operations, ObjectReading>();
        services.AddSingleton<IS3Operations, ObjectWriting>();
        services.AddSingleton<IS3Operations, ObjectCopying>();
        services.AddSingleton<IS3Operations, ObjectTagging>();
        services.AddSingleton<IS3Operations, ObjectAttributes>();
        services.AddSingleton<IS3Operations, AclOperations>();
        services.AddSingleton<MultipartUploads>();
        services.AddSingleton<IS3Operations, MultipartOperations>();
        services.AddSingleton<IS3Operations, MultipartListing>();
        services.AddSingleton<IS3Operations, ListOperations>();
        services.AddSingleton<IS3Operations, ConfigurationOperations>();
        services.AddSingleton<LifecycleRunner>().AddHostedService(provider => provider.GetRequiredService<LifecycleRunner>());
        services.AddSingleton<IResourceProvisioner, BucketProvisioner>();
        services.AddSingleton<IResourceProvisioner, BucketPolicyProvisioner>();
    }
}
