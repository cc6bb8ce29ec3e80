using System.Globalization;
using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Dms;

[Collection(nameof(MariaDb))]
public sealed class ReportTests(MariaDb source)
{
    [Fact]
    public async Task Metrics_OfATask_TellWhatWaitsAndForHowLong_UnderBothDimensions()
    {
        await source.ExecuteAsync("CREATE DATABASE measured; USE measured; CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t SELECT seq FROM seq_1_to_120;");
        await using var dms = await DmsCloud.StartAsync(source);
        var target = await dms.TargetAsync("slow", """ "IncludeOpForFullLoad":true,"CdcMaxBatchInterval":300 """);
        var task = await dms.TaskAsync("measured", target: target, settings: """{"Logging":{"EnableLogging":true}}""");
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("USE measured; INSERT INTO t SELECT seq FROM seq_1001_to_1060;");
        await dms.CaughtUpAsync(task);
        await dms.Cloud.AdvanceAsync(TimeSpan.FromMinutes(3));

        (await MaximumAsync("CDCIncomingChanges")).ShouldBe(60);
        (await MaximumAsync("CDCChangesDiskTarget")).ShouldBe(60);
        (await MaximumAsync("CDCLatencySource")).ShouldBeLessThan(30);
        (await MaximumAsync("CDCLatencyTarget")).ShouldBeInRange(110, 300);
        (await MaximumAsync("FullLoadThroughputRowsTarget")).ShouldBe(2);
        (await MaximumAsync("CDCThroughputRowsSource")).ShouldBe(1);
        await dms.StopAsync(task);

        var lines = (await dms.Cloud.JsonAsync("Logs_20140328.GetLogEvents", """{"logGroupName":"dms-tasks-main","logStreamName":"dms-task-measured-task"}"""))["events"]!.AsArray();
        lines.Select(line => line!["message"]!.ToString()).ShouldContain(line => line.EndsWith("[TASK_MANAGER    ]I:  Load finished for table 'measured'.'t'. 120 rows received.", StringComparison.Ordinal));

        async Task<double> MaximumAsync(string metric) => (await dms.Cloud.QueryAsync("monitoring", "GetMetricStatistics",
            ("Namespace", "AWS/DMS"), ("MetricName", metric), ("StartTime", "2026-11-20T08:00:00Z"), ("EndTime", "2026-11-20T12:00:00Z"), ("Period", "60"), ("Statistics.member.1", "Maximum"),
            ("Dimensions.member.1.Name", "ReplicationInstanceIdentifier"), ("Dimensions.member.1.Value", "main"),
            ("Dimensions.member.2.Name", "ReplicationTaskIdentifier"), ("Dimensions.member.2.Value", "measured-task")))
            .Descendants("Maximum").Select(maximum => double.Parse(maximum.Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max();
    }

    [Fact]
    public async Task Events_OfATask_LieInTheTopicsInbox_OfTheSubscribedCategories()
    {
        await source.ExecuteAsync("CREATE DATABASE told; CREATE TABLE told.t (id INT PRIMARY KEY, n INT); INSERT INTO told.t VALUES (1, 1);");
        await using var dms = await DmsCloud.StartAsync(source);
        var topic = (await dms.Cloud.ProvisionAsync("AWS::SNS::Topic", """{"TopicName":"told"}""")).PhysicalId;
        await dms.CallAsync("CreateEventSubscription", $$"""{"SubscriptionName":"told","SnsTopicArn":"{{topic}}","SourceType":"replication-task","SourceIds":["told-task"],"EventCategories":["failure"],"Enabled":true}""");
        var task = await dms.TaskAsync("told");
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await dms.StopAsync(task);
        File.Exists(InboxOf(dms)).ShouldBeFalse("state changes are another category");

        await source.ExecuteAsync("ALTER USER dms@'%' IDENTIFIED BY 'another';");
        await dms.StartAsync(task, "resume-processing");
        (await dms.EndedAsync(task)).ShouldStartWith("failed");
        await source.ExecuteAsync("ALTER USER dms@'%' IDENTIFIED BY 'secret';");
        var message = File.ReadAllLines(InboxOf(dms)).ShouldHaveSingleItem();
        message.ShouldContain("DMS Notification Message");
        message.ShouldContain("The replication task has failed.");

        static string InboxOf(DmsCloud dms) => Path.Combine(dms.Cloud.Host.DataDirectory, "sns", TestCloud.Account, TestCloud.Region, "told.jsonl");
    }

    [Fact]
    public async Task Source_WithASecretAndACertificate_IsVerifiedByIt()
    {
        await using var dms = await DmsCloud.StartAsync(source);
        var cloud = dms.Cloud;
        var instance = await cloud.ProvisionAsync("AWS::RDS::DBInstance", """
            {"DBInstanceIdentifier":"verified","DBInstanceClass":"db.t4g.medium","Engine":"mysql","MasterUsername":"admin","MasterUserPassword":"secret-12","BackupRetentionPeriod":1}
            """);
        var certificate = (await cloud.ProvisionAsync("AWS::DMS::Certificate", $$"""{"CertificatePem":{{JsonValue.Create(File.ReadAllText(Path.Combine(cloud.Host.DataDirectory, "rds", TestCloud.Account, TestCloud.Region, "verified", "ca.pem"))).ToJsonString()}} }""")).PhysicalId;
        var whole = $$"""{"username":"admin","password":"secret-12","host":"127.0.0.1","port":{{instance.Attributes["Endpoint.Port"]}} }""";
        (await TestAsync("right", whole)).ShouldBe("successful");
        (await TestAsync("wrong", whole.Replace("secret-12", "secret-13", StringComparison.Ordinal))).ShouldContain("Access denied for user 'admin'");
        (await TestAsync("hostless", """{"username":"admin","password":"secret-12"}""")).ShouldContain("lacks the key host; DMS needs username, password, host and port.");
        // Another server, whose certificate that authority has not signed.
        (await TestAsync("other", $$"""{"username":"dms","password":"secret","host":"127.0.0.1","port":{{source.Port}} }""")).ShouldStartWith("failed");

        async Task<string> TestAsync(string name, string secret)
        {
            var arn = (await cloud.ProvisionAsync("AWS::SecretsManager::Secret", new JsonObject { ["Name"] = name, ["SecretString"] = secret }.ToJsonString())).PhysicalId;
            var endpoint = await cloud.ProvisionAsync("AWS::DMS::Endpoint", $$"""
                {"EndpointIdentifier":"{{name}}","EndpointType":"source","EngineName":"mysql","SslMode":"verify-ca","CertificateArn":"{{certificate}}",
                 "MySqlSettings":{"SecretsManagerSecretId":"{{arn}}","SecretsManagerAccessRoleArn":"arn:aws:iam::000000000000:role/dms-target"} }
                """);
            return await dms.TestAsync(endpoint.PhysicalId);
        }
    }

    [Fact]
    public async Task ReloadTables_OfARunningTask_LoadsThemAnew_AndTheOthersGoOn()
    {
        await source.ExecuteAsync("CREATE DATABASE anew; CREATE TABLE anew.a (id INT PRIMARY KEY, n INT); CREATE TABLE anew.b (id INT PRIMARY KEY, n INT); INSERT INTO anew.a VALUES (1, 0); INSERT INTO anew.b VALUES (1, 0);");
        await using var dms = await DmsCloud.StartAsync(source);
        var task = await dms.TaskAsync("anew");
        await dms.StartAsync(task);
        await dms.CapturingAsync(task);
        await source.ExecuteAsync("INSERT INTO anew.a VALUES (2, 0); INSERT INTO anew.b VALUES (2, 0);");
        await dms.CaughtUpAsync(task);
        await dms.CallAsync("ReloadTables", $$"""{"ReplicationTaskArn":"{{task}}","TablesToReload":[{"SchemaName":"anew","TableName":"a"}]}""");
        await dms.CaughtUpAsync(task);
        await source.ExecuteAsync("INSERT INTO anew.a VALUES (3, 0); INSERT INTO anew.b VALUES (3, 0);");
        await dms.CaughtUpAsync(task);
        await dms.StopAsync(task);

        dms.Text("sakila/anew/a/LOAD00000001.csv").ShouldBe("I,1,0\nI,2,0\n");
        dms.Text("sakila/anew/b/LOAD00000001.csv").ShouldBe("I,1,0\n");
        foreach (var table in new[] { "a", "b" })
            Landing.Reconstruct(dms, $"anew/{table}").ShouldBe(await Landing.SourceAsync(source, $"anew.{table}"));
    }
}
