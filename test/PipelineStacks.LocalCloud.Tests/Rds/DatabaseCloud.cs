using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Rds;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;

namespace PipelineStacks.LocalCloud.Tests.Rds;

/// <summary>A cloud with one DB instance, shared by a class of tests.</summary>
public sealed class DatabaseCloud : IAsyncLifetime
{
    public const string Type = "AWS::RDS::DBInstance";
    public const string Id = "films";
    public const string Password = "pass'w\\rd-1";

    public TestCloud Cloud { get; } = new();

    internal Provisioned Instance { get; private set; } = null!;

    public static JsonObject Properties => JsonNode.Parse($$"""
        {"DBInstanceIdentifier":"{{Id}}","DBInstanceClass":"db.t4g.medium","Engine":"mysql","EngineVersion":"8.4.11","AllocatedStorage":"20","Port":"3306","DBName":"sakila",
         "MasterUsername":"admin","MasterUserPassword":"pass'w\\rd-1","BackupRetentionPeriod":1,"DBParameterGroupName":"cdc","StorageEncrypted":true}
        """)!.AsObject();

    internal string Folder => Path.Combine(Cloud.Host.DataDirectory, "rds", TestCloud.Account, TestCloud.Region, Id);

    public async Task InitializeAsync()
    {
        await Cloud.InitializeAsync();
        await Cloud.ProvisionAsync("AWS::RDS::DBParameterGroup", """
            {"DBParameterGroupName":"cdc","Family":"mysql8.4","Description":"changes",
             "Parameters":{"binlog_format":"ROW","binlog_row_image":"FULL","binlog_checksum":"NONE","log_bin_trust_function_creators":1,"time_zone":"UTC","binlog_transaction_compression":"OFF"}}
            """);
        Instance = await Cloud.ProvisionAsync(Type, Properties.ToJsonString());
    }

    public async Task DisposeAsync() => await Cloud.DisposeAsync();

    /// <summary>Statements of a user, over TCP as every client comes.</summary>
    internal Task<string> QueryAsync(string sql, string user = "admin", string password = Password, params string[] more) => MariaDbTools.RunAsync(
        new MariaDbTools().Client,
        [
            "--no-defaults", "--host=127.0.0.1", $"--port={Instance.Attributes["Endpoint.Port"]}", $"--user={user}", $"--password={password}",
            "--batch", "--skip-column-names", .. more,
        ], Folder, sql);

    internal InstanceState State => Cloud.Get<RdsState>().Instance(Cloud.Call, "DescribeDBInstances", Id);
}
