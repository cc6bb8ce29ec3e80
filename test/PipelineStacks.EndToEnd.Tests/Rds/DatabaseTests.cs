using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Rds;

/// <summary>A database as CDK's <c>DatabaseInstance</c> makes one, in a cloud that is killed.</summary>
public sealed class DatabaseTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    private const string Template = """
        {"Resources":{
          "Secret":{"Type":"AWS::SecretsManager::Secret","Properties":{"GenerateSecretString":{"ExcludeCharacters":" %+~`#$&*()|[]{}:;<>?!'/@\"\\","GenerateStringKey":"password",
            "PasswordLength":30,"SecretStringTemplate":"{\"username\":\"admin\"}"}}},
          "Attachment":{"Type":"AWS::SecretsManager::SecretTargetAttachment","Properties":{"SecretId":{"Ref":"Secret"},"TargetId":{"Ref":"Database"},"TargetType":"AWS::RDS::DBInstance"}},
          "Parameters":{"Type":"AWS::RDS::DBParameterGroup","Properties":{"Description":"cdc","Family":"mysql8.4","Parameters":{"binlog_format":"ROW","binlog_checksum":"NONE"}}},
          "Database":{"Type":"AWS::RDS::DBInstance","DeletionPolicy":"Delete","UpdateReplacePolicy":"Snapshot","Properties":{"AllocatedStorage":"20","DBInstanceClass":"db.t4g.micro",
            "DBParameterGroupName":{"Ref":"Parameters"},"Engine":"mysql","EngineVersion":"8.4","BackupRetentionPeriod":1,"StorageType":"gp3","DBName":"sakila",
            "MasterUsername":{"Fn::Join":["",["{{resolve:secretsmanager:",{"Ref":"Secret"},":SecretString:username::}}"]]},
            "MasterUserPassword":{"Fn::Join":["",["{{resolve:secretsmanager:",{"Ref":"Secret"},":SecretString:password::}}"]]}}}},
         "Outputs":{"Secret":{"Value":{"Ref":"Attachment"}},"Port":{"Value":{"Fn::GetAtt":["Database","Endpoint.Port"]}},"Id":{"Value":{"Ref":"Database"}}}}
        """;

    [Fact]
    public async Task Database_OfAKilledCloud_IsThereAgainWithItsData()
    {
        await AwsAsync("cloudformation", "create-stack", "--stack-name", "database", "--template-body", Template);
        await WaitAsync("stack_create_complete");
        var outputs = JsonNode.Parse(await AwsAsync("cloudformation", "describe-stacks", "--stack-name", "database", "--query", "Stacks[0].Outputs", "--output", "json"))!.AsArray()
            .ToDictionary(output => (string)output!["OutputKey"]!, output => (string)output!["OutputValue"]!);
        var secret = JsonNode.Parse(await AwsAsync("secretsmanager", "get-secret-value", "--secret-id", outputs["Secret"], "--query", "SecretString", "--output", "text"))!;
        ((int)secret["port"]!).ShouldBe(int.Parse(outputs["Port"], System.Globalization.CultureInfo.InvariantCulture));
        await SqlAsync(secret, "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, at TIMESTAMP); INSERT INTO t (id) VALUES (1), (2);");

        // Twice, the second time while the server that the first kill left may still be writing.
        for (var time = 0; time < 2; time++)
        {
            await SqlAsync(secret, "INSERT INTO t (at) VALUES (NOW());");
            await cloud.KillAsync();
            await cloud.StartAsync();
            (await SqlAsync(secret, "SELECT COUNT(*) FROM t")).ShouldBe($"{3 + time}\n");
        }

        (await AwsAsync("rds", "describe-db-instances", "--query", "DBInstances[].[DBInstanceStatus,Endpoint.Port,DBParameterGroups[0].ParameterApplyStatus]", "--output", "text")).Trim()
            .ShouldBe($"available\t{outputs["Port"]}\tin-sync");
        await AwsAsync("rds", "stop-db-instance", "--db-instance-identifier", outputs["Id"]);
        await AwsAsync("rds", "start-db-instance", "--db-instance-identifier", outputs["Id"]);
        await AwsAsync("rds", "wait", "db-instance-available", "--db-instance-identifier", outputs["Id"]);
        (await SqlAsync(secret, "SHOW BINARY LOGS")).ShouldContain("mysql-bin-changelog.");

        await AwsAsync("cloudformation", "delete-stack", "--stack-name", "database");
        await WaitAsync("stack_delete_complete");
        (await AwsAsync("rds", "describe-db-instances", "--query", "DBInstances", "--output", "text")).Trim().ShouldBeEmpty();
        await cloud.StopAsync();
    }

    // awscli's own waiter looks every 30 seconds.
    private async Task WaitAsync(string waiter) => (await cloud.PythonAsync($$"""
        client("cloudformation").get_waiter("{{waiter}}").wait(StackName="database", WaiterConfig={"Delay": 1})
        """)).Succeeded();

    private async Task<string> AwsAsync(params string[] arguments) => (await cloud.AwsAsync(arguments)).Succeeded();

    private static async Task<string> SqlAsync(JsonNode secret, string sql) => (await Tool.RunAsync("mariadb",
        [
            "--no-defaults", $"--host={secret["host"]}", $"--port={secret["port"]}", $"--user={secret["username"]}", $"--password={secret["password"]}",
            "--batch", "--skip-column-names", (string)secret["dbname"]!,
        ], input: sql)).Succeeded();
}
