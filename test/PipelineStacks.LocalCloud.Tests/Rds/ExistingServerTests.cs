using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Rds;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;
using PipelineStacks.LocalCloud.Tests.Dms;

namespace PipelineStacks.LocalCloud.Tests.Rds;

[Collection(nameof(MariaDb))]
public sealed class ExistingServerTests(MariaDb source)
{
    private const string Instance = """{"DBInstanceIdentifier":"theirs","DBInstanceClass":"db.t4g.medium","Engine":"mysql","DBName":"theirs","MasterUsername":"boss","MasterUserPassword":"secret-12","BackupRetentionPeriod":1}""";

    [Fact]
    public async Task Instance_WithAnExistingServer_IsServedByIt_AndLeavesItAlone()
    {
        await source.ExecuteAsync("CREATE USER owner@'%' IDENTIFIED BY 'p@ss'; GRANT ALL ON *.* TO owner@'%' WITH GRANT OPTION;");
        var (options, errors) = CommandLine.Parse(["--ephemeral", "--port", "0", "--virtual-time"], $"mysql://owner:p%40ss@127.0.0.1:{source.Port}");
        errors.ShouldBeEmpty();
        var cloud = new TestCloud { ExistingMySql = options.ExistingMySql };
        await cloud.InitializeAsync();
        var instance = await cloud.ProvisionAsync("AWS::RDS::DBInstance", Instance);

        $"{instance.Attributes["Endpoint.Address"]}:{instance.Attributes["Endpoint.Port"]}".ShouldBe($"127.0.0.1:{source.Port}");
        (await source.ExecuteAsync("SHOW DATABASES LIKE 'theirs'; SELECT user FROM mysql.user WHERE user = 'boss';")).ShouldBe("theirs\nboss\n");
        (await Should.ThrowAsync<ServiceException>(() => cloud.ProvisionAsync("AWS::RDS::DBInstance", Instance.Replace("\"theirs\"", "\"others\"", StringComparison.Ordinal)).AsTask()))
            .Message.ShouldBe("A second DB instance on the one server of LOCAL_CLOUD_MYSQL, which serves theirs, is not supported by the local cloud.");
        await cloud.Get<Instances>().DeleteAsync(cloud.Call, new() { DBInstanceIdentifier = "theirs", SkipFinalSnapshot = true });
        (await source.ExecuteAsync("SHOW DATABASES LIKE 'theirs';")).ShouldBe("theirs\n");
        await cloud.DisposeAsync();
    }

    [Fact]
    public async Task Server_WithOtherSettings_IsRefusedByThem() =>
        (await Should.ThrowAsync<ServiceException>(() => new ExistingServer(new(), new("127.0.0.1", source.Port, "dms", "secret")).StartAsync(
            new(source.Port, 1, true, new Dictionary<string, string> { ["binlog_format"] = "MIXED", ["binlog_row_image"] = "FULL" }))))
            .Message.ShouldBe("The server of LOCAL_CLOUD_MYSQL has other settings than the template: binlog_format is ROW and must be MIXED. Change them there.");

    [Theory]
    [InlineData("mysql://root:x@db.example.com:3307", "db.example.com:3307 root x")]
    [InlineData("mysql://root:@db", "db:3306 root ")]
    [InlineData("postgres://root:x@db", null)]
    [InlineData("mysql://db:3306", null)]
    public void ConnectionString_IsReadWhole(string text, string? expected) =>
        (ExistingMySql.Parse(text) is { } server ? $"{server.Host}:{server.Port} {server.User} {server.Password}" : null).ShouldBe(expected);
}
