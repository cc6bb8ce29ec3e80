using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Rds;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;

namespace PipelineStacks.LocalCloud.Tests.Rds;

public sealed class ManagedPasswordTests
{
    [Fact]
    public async Task Password_ThatRdsKeeps_IsInASecret_RotatedEveryWeek_AndGoesWithTheInstance()
    {
        var cloud = new TestCloud { DataDirectory = Directory.CreateTempSubdirectory("rds-").FullName };
        await cloud.InitializeAsync();
        var instance = await cloud.ProvisionAsync("AWS::RDS::DBInstance", """
            {"DBInstanceIdentifier":"kept","DBInstanceClass":"db.t4g.medium","Engine":"mysql","MasterUsername":"admin","ManageMasterUserPassword":true,"BackupRetentionPeriod":0}
            """);
        var arn = instance.Attributes["MasterUserSecret.SecretArn"]!.GetValue<string>();
        arn.ShouldMatch(":secret:rds!db-[0-9a-f-]{36}-[A-Za-z0-9]{6}$");
        var secret = await CallAsync("DescribeSecret", arn);
        $"{secret["OwningService"]} {secret["RotationEnabled"]} {secret["RotationRules"]!["AutomaticallyAfterDays"]}".ShouldBe("rds true 7");
        var first = await PasswordAsync();
        (await QueryAsync(first)).ShouldBe("1\n");

        await CallAsync("RotateSecret", arn);
        var second = await PasswordAsync();
        second.ShouldNotBe(first);
        (await QueryAsync(second)).ShouldBe("1\n");
        (await Should.ThrowAsync<ServiceException>(() => QueryAsync(first))).Message.ShouldContain("Access denied");

        await cloud.AdvanceAsync(TimeSpan.FromDays(7));
        var third = await PasswordAsync();
        third.ShouldNotBe(second);
        (await QueryAsync(third)).ShouldBe("1\n");

        await cloud.Get<Instances>().DeleteAsync(cloud.Call, new() { DBInstanceIdentifier = "kept", SkipFinalSnapshot = true });
        (await cloud.JsonErrorAsync("secretsmanager.DescribeSecret", $$"""{"SecretId":"{{arn}}"}""")).ShouldStartWith("ResourceNotFoundException");
        await EndAsync(cloud);

        async Task<JsonNode> CallAsync(string operation, string id) => await cloud.JsonAsync($"secretsmanager.{operation}", $$"""{"SecretId":"{{id}}"}""");

        async Task<string> PasswordAsync()
        {
            var value = JsonNode.Parse((await CallAsync("GetSecretValue", arn))["SecretString"]!.ToString())!.AsObject();
            value.Select(member => member.Key).ShouldBe(["username", "password"]);
            return value["password"]!.ToString();
        }

        Task<string> QueryAsync(string password) => MariaDbTools.RunAsync(
            new MariaDbTools().Client,
            ["--no-defaults", "--host=127.0.0.1", $"--port={instance.Attributes["Endpoint.Port"]}", "--user=admin", $"--password={password}", "--batch", "--skip-column-names"],
            cloud.Host.DataDirectory, "SELECT 1");
    }

    [Fact]
    public async Task BinaryLogs_OlderThanTheirRetention_AreDeletedOnTheCloudsTime()
    {
        var cloud = new TestCloud { DataDirectory = Directory.CreateTempSubdirectory("rds-").FullName };
        await cloud.InitializeAsync();
        await cloud.ProvisionAsync("AWS::RDS::DBInstance", """
            {"DBInstanceIdentifier":"logs","DBInstanceClass":"db.t4g.medium","Engine":"mysql","MasterUsername":"admin","MasterUserPassword":"secret-12","BackupRetentionPeriod":1}
            """);
        var server = cloud.Get<InstanceServers>().Of(cloud.Get<RdsState>().Instance(cloud.Call, "DescribeDBInstances", "logs"));
        await server.ExecuteAsync("CALL mysql.rds_set_configuration('binlog retention hours', 3)");
        await cloud.AdvanceAsync(TimeSpan.FromHours(3));
        (await FilesAsync())[0].ShouldBe("mysql-bin-changelog.000001");
        await cloud.RestartAsync();
        server = cloud.Get<InstanceServers>().Of(cloud.Get<RdsState>().Instance(cloud.Call, "DescribeDBInstances", "logs"));
        await AnsweringAsync();
        await cloud.AdvanceAsync(TimeSpan.FromHours(6));
        // Three that are not old, the one that is just so, and the one that is written.
        (await FilesAsync(most: 5)).Count.ShouldBeGreaterThanOrEqualTo(3);
        (await FilesAsync())[0].ShouldNotBe("mysql-bin-changelog.000001");
        await server.ExecuteAsync("CALL mysql.rds_set_configuration('binlog retention hours', NULL)");
        await cloud.AdvanceAsync(TimeSpan.FromHours(1));
        await FilesAsync(most: 1);
        await EndAsync(cloud);

        // The server is started in the background; an hour that finds it down leaves the logs for the next.
        async Task AnsweringAsync()
        {
            while (true)
            {
                try
                {
                    await server.ExecuteAsync("SELECT 1;");
                    return;
                }
                catch (ServiceException)
                {
                    await Task.Delay(100);
                }
            }
        }

        // The server keeps what it has closed until its engine has saved it, which takes as long as it takes: a later hour finds it done.
        async Task<List<string>> FilesAsync(int most = int.MaxValue)
        {
            for (var hour = 0; ; hour++)
            {
                List<string> files = [.. (await server.ExecuteAsync("SHOW BINARY LOGS;")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0])];
                if (files.Count <= most)
                    return files;
                hour.ShouldBeLessThan(100);
                await cloud.AdvanceAsync(TimeSpan.FromHours(1));
            }
        }
    }

    private static async Task EndAsync(TestCloud cloud)
    {
        await cloud.DisposeAsync();
        Directory.Delete(cloud.DataDirectory!, recursive: true);
    }
}
