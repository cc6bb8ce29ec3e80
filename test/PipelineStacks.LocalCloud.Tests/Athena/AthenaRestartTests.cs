using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Athena;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Tests.Athena;

public sealed class AthenaRestartTests
{
    [Fact]
    public async Task Query_ThatRanWhenTheCloudStopped_HasFailedAfterTheRestart()
    {
        var folder = Directory.CreateTempSubdirectory("athena-").FullName;
        var options = new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = folder };
        var key = new ResourceKey("000000000000", "eu-west-1", "q");
        await using (var cloud = await LocalCloudHost.StartAsync(options))
            cloud.Services.GetRequiredService<AthenaState>().Queries.Put(key, new(
                new()
                {
                    QueryExecutionId = "q",
                    Query = "SELECT 1",
                    StatementType = "DML",
                    ResultConfiguration = new(),
                    QueryExecutionContext = new("films", null),
                    Status = new() { State = "RUNNING" },
                    Statistics = new(),
                    WorkGroup = "primary",
                    EngineVersion = EngineVersion.Three,
                },
                null));

        await using var again = await LocalCloudHost.StartAsync(options);

        again.Services.GetRequiredService<AthenaState>().Queries.TryGet(key, out var query).ShouldBeTrue();
        query!.Execution.Status.State.ShouldBe("FAILED");
        query.Execution.Status.StateChangeReason.ShouldBe("GENERIC_INTERNAL_ERROR: The local cloud stopped while the query ran.");
    }

    [Fact]
    public async Task Provisioners_OfWorkGroupAndNamedQuery_MakeUpdateAndDelete()
    {
        await using var cloud = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = null });
        var call = cloud.Services.GetRequiredService<Callers>().ForClient("test", "eu-west-1");
        var provisioners = cloud.Services.GetServices<IResourceProvisioner>().ToDictionary(provisioner => provisioner.ResourceType);
        var groups = cloud.Services.GetRequiredService<WorkGroups>();
        var properties = JsonNode.Parse("""
            {"Name":"pipelines-dev","RecursiveDeleteOption":true,"Tags":[{"Key":"a","Value":"b"}],"WorkGroupConfiguration":{
             "EnforceWorkGroupConfiguration":true,"BytesScannedCutoffPerQuery":20000000,"PublishCloudWatchMetricsEnabled":true,
             "ResultConfiguration":{"OutputLocation":"s3://results/","EncryptionConfiguration":{"EncryptionOption":"SSE_KMS","KmsKey":"k"}}}}
            """)!.AsObject();
        var group = provisioners["AWS::Athena::WorkGroup"];
        var context = new ProvisionContext(call, "id", "stack", "Group", "AWS::Athena::WorkGroup");

        (await group.CreateAsync(context, properties)).PhysicalId.ShouldBe("pipelines-dev");
        var after = properties.DeepClone().AsObject();
        after["WorkGroupConfiguration"]!["BytesScannedCutoffPerQuery"] = 30000000;
        group.NeedsReplacement(context, properties, after).ShouldBeFalse();
        await group.UpdateAsync(context, "pipelines-dev", properties, after);
        groups.Find(call, "pipelines-dev").Configuration.BytesScannedCutoffPerQuery.ShouldBe(30000000);

        var query = await provisioners["AWS::Athena::NamedQuery"].CreateAsync(new ProvisionContext(call, "id", "stack", "Query", "AWS::Athena::NamedQuery"),
            JsonNode.Parse("""{"Database":"d","QueryString":"SELECT 1","WorkGroup":"pipelines-dev","Name":"n"}""")!.AsObject());
        query.Attributes["NamedQueryId"]!.GetValue<string>().ShouldBe(query.PhysicalId);
        await group.DeleteAsync(context, "pipelines-dev", after);
        Should.Throw<ServiceException>(() => groups.Find(call, "pipelines-dev")).Message.ShouldBe("WorkGroup pipelines-dev is not found.");
    }
}
