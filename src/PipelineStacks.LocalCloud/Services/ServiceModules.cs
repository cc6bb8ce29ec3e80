using Microsoft.Extensions.DependencyInjection;

namespace PipelineStacks.LocalCloud.Services;

/// <summary>The services of this cloud.</summary>
internal static class ServiceModules
{
    public static void Add(IServiceCollection services)
    {
        Athena.AthenaModule.Add(services);
        Budgets.BudgetsModule.Add(services);
        CloudWatch.CloudWatchModule.Add(services);
        Ec2.Ec2Module.Add(services);
        Dms.DmsModule.Add(services);
        EventBridge.EventBridgeModule.Add(services);
        Firehose.FirehoseModule.Add(services);
        Glue.GlueModule.Add(services);
        Iam.IamModule.Add(services);
        Iot.IotModule.Add(services);
        Kinesis.KinesisModule.Add(services);
        Kms.KmsModule.Add(services);
        Lambda.LambdaModule.Add(services);
        Logs.LogsModule.Add(services);
        Rds.RdsModule.Add(services);
        S3.S3Module.Add(services);
        SecretsManager.SecretsManagerModule.Add(services);
        Sns.SnsModule.Add(services);
        Ssm.SsmModule.Add(services);
        Sts.StsModule.Add(services);
    }
}
