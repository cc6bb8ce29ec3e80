using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Rds;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;
using PipelineStacks.LocalCloud.Services.SecretsManager;

namespace PipelineStacks.LocalCloud.Tests.Rds;

public sealed class InstanceTests(DatabaseCloud database) : IClassFixture<DatabaseCloud>
{
    private readonly TestCloud _cloud = database.Cloud;

    [Fact]
    public async Task Instance_OfATemplate_IsAServerWithItsParameters()
    {
        database.Instance.Attributes["Endpoint.Address"]!.GetValue<string>().ShouldBe("127.0.0.1");
        (await database.QueryAsync("SELECT @@log_bin, @@binlog_format, @@binlog_row_image, @@binlog_checksum, @@log_bin_trust_function_creators, @@time_zone; SHOW DATABASES LIKE 'sakila';"))
            .ShouldBe("1\tROW\tFULL\tNONE\t1\t+00:00\nsakila\n");
        (await Should.ThrowAsync<ServiceException>(() => database.QueryAsync("SELECT 1", password: "wrong"))).Message.ShouldContain("Access denied for user 'admin'");
        // What RDS keeps to itself.
        (await Should.ThrowAsync<ServiceException>(() => database.QueryAsync("SET GLOBAL max_connections = 7"))).Message.ShouldContain("denied");
    }

    [Fact]
    public async Task BinlogRetention_SetAsOnRds_IsShownAsOnRds()
    {
        await database.QueryAsync("CALL mysql.rds_set_configuration('binlog retention hours', 24)");
        (await database.QueryAsync("CALL mysql.rds_show_configuration()")).ShouldContain("binlog retention hours\t24\t");
        (await Should.ThrowAsync<ServiceException>(() => database.QueryAsync("CALL mysql.rds_set_configuration('binlog retention hours', 200)")))
            .Message.ShouldContain("must be between 1 and 168");
        (await Should.ThrowAsync<ServiceException>(() => database.QueryAsync("CALL mysql.rds_set_configuration('nonsense', 1)")))
            .Message.ShouldContain("Invalid configuration parameter name");
    }

    [Fact]
    public async Task Client_ThatVerifiesTheServer_IsAnsweredEncrypted() =>
        (await database.QueryAsync("SHOW STATUS LIKE 'Ssl_version'", more:
            ["--ssl-verify-server-cert", $"--ssl-ca={Path.Combine(database.Folder, ServerCertificate.Authority)}"])).ShouldStartWith("Ssl_version\tTLSv1.");

    [Fact]
    public async Task Master_OfTheServer_MayMakeAUserForReplication()
    {
        await database.QueryAsync("""
            CREATE TABLE sakila.a (id INT PRIMARY KEY, t VARCHAR(20)); INSERT INTO sakila.a VALUES (1, 'ä😀');
            CREATE TRIGGER sakila.a_changes BEFORE UPDATE ON sakila.a FOR EACH ROW SET NEW.t = UPPER(NEW.t);
            CREATE USER dms@'%' IDENTIFIED BY 'replicate-1'; GRANT REPLICATION CLIENT, REPLICATION SLAVE ON *.* TO dms@'%'; GRANT SELECT ON sakila.* TO dms@'%';
            """, more: "--default-character-set=utf8mb4");
        (await database.QueryAsync("SELECT t FROM sakila.a; SHOW BINARY LOGS;", "dms", "replicate-1", "--default-character-set=utf8mb4")).ShouldStartWith("ä😀\nmysql-bin-changelog.000001\t");
        (await Should.ThrowAsync<ServiceException>(() => database.QueryAsync("DELETE FROM sakila.a", "dms", "replicate-1"))).Message.ShouldContain("denied");
    }

    [Fact]
    public async Task Secret_AttachedToAnInstance_SaysHowToConnect()
    {
        var secret = await _cloud.ProvisionAsync("AWS::SecretsManager::Secret", """{"SecretString":"{\"username\":\"admin\",\"password\":\"p\"}"}""");
        await _cloud.ProvisionAsync("AWS::SecretsManager::SecretTargetAttachment", $$"""{"SecretId":"{{secret.PhysicalId}}","TargetId":"films","TargetType":"AWS::RDS::DBInstance"}""");
        var value = JsonNode.Parse(_cloud.Get<SecretValues>().Get(_cloud.Call, new() { SecretId = secret.PhysicalId }).SecretString!)!;
        value.ToJsonString().ShouldBe($$"""{"username":"admin","password":"p","engine":"mysql","host":"127.0.0.1","port":{{database.State.Port}},"dbInstanceIdentifier":"films","dbname":"sakila"}""");
    }

    [Fact]
    public async Task Description_OfAnInstance_IsRdss()
    {
        var instance = (await _cloud.QueryAsync("rds", "DescribeDBInstances", ("DBInstanceIdentifier", "films"))).Descendants("DBInstance").Single();
        instance.Element("DBInstanceStatus")!.Value.ShouldBe("available");
        instance.Element("Endpoint")!.Element("Port")!.Value.ShouldBe($"{database.State.Port}");
        instance.Descendants("DBParameterGroup").Single().Element("DBParameterGroupName")!.Value.ShouldBe("cdc");
        (await _cloud.QueryErrorAsync("rds", "DescribeDBInstances", ("DBInstanceIdentifier", "none"))).ShouldBe("DBInstanceNotFound: DBInstance none not found.");
        (await _cloud.QueryAsync("rds", "DescribeDBParameters", ("DBParameterGroupName", "cdc"), ("Source", "user"))).Descendants("ParameterName").Select(one => one.Value)
            .ShouldBe(["binlog_checksum", "binlog_format", "binlog_row_image", "binlog_transaction_compression", "log_bin_trust_function_creators", "time_zone"]);
        (await _cloud.QueryAsync("rds", "DescribeDBEngineVersions", ("Engine", "mysql"), ("EngineVersion", "8.4"))).Descendants("DBEngineVersion").Count().ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData("""{"DBInstanceIdentifier":"a--b"}""", "not a valid identifier")]
    [InlineData("""{"DBInstanceIdentifier":"b","MasterUserPassword":"short"}""", "not a valid password")]
    [InlineData("""{"DBInstanceIdentifier":"b","MasterUsername":"rdsadmin"}""", "reserved word")]
    [InlineData("""{"DBInstanceIdentifier":"b","DBParameterGroupName":"none"}""", "DBParameterGroup not found: none")]
    [InlineData("""{"DBInstanceIdentifier":"b","DBParameterGroupName":"default.mysql8.0"}""", "can't be used for this instance")]
    [InlineData("""{"DBInstanceIdentifier":"b","DBSubnetGroupName":"none"}""", "DB subnet group 'none' does not exist.")]
    [InlineData("""{"DBInstanceIdentifier":"b","BackupRetentionPeriod":36}""", "Invalid backup retention period: 36")]
    [InlineData("""{"DBInstanceIdentifier":"b","Engine":"postgres"}""", "The database engine postgres is not supported by the local cloud.")]
    [InlineData("""{"DBInstanceIdentifier":"b","EngineVersion":"5.7"}""", "Cannot find version 5.7 for mysql")]
    [InlineData("""{"DBInstanceIdentifier":"films"}""", "DB instance already exists")]
    public async Task Instance_ThatCannotBe_IsRefused(string change, string reason)
    {
        var properties = DatabaseCloud.Properties;
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            properties[name] = value?.DeepClone();
        (await Should.ThrowAsync<ServiceException>(async () =>
        {
            _cloud.Provisioner(DatabaseCloud.Type).Check(_cloud.Context(DatabaseCloud.Type), properties);
            await _cloud.ProvisionAsync(DatabaseCloud.Type, properties.ToJsonString());
        })).Message.ShouldContain(reason);
        (await database.QueryAsync("SELECT 1")).ShouldBe("1\n");
    }

    [Theory]
    [InlineData("UTC", "+00:00")]
    [InlineData("utc", "+00:00")]
    [InlineData("+02:00", "+02:00")]
    public void TimeZone_OfAServerWithoutNames_IsAnOffset(string given, string expected) => ParameterCatalog.ValueOf("time_zone", given).ShouldBe(expected);

    [Theory]
    [InlineData("{\"binlog_format\":\"COLUMN\"}", "Invalid parameter value: COLUMN for: binlog_format allowed values are: ROW, STATEMENT, MIXED")]
    [InlineData("{\"innodb_magic\":1}", "The DB parameter innodb_magic is not supported by the local cloud.")]
    [InlineData("{\"time_zone\":\"Europe/Rome\"}", "The time zone Europe/Rome of a DB instance")]
    [InlineData("{\"collation_server\":\"utf8mb4_0900_ai_ci\"}", "MariaDB lacks it")]
    public void Parameter_ThatNoServerTakes_IsRefusedByName(string parameters, string reason) =>
        Should.Throw<ServiceException>(() => _cloud.Provisioner("AWS::RDS::DBParameterGroup").Check(_cloud.Context("AWS::RDS::DBParameterGroup"),
            JsonNode.Parse($$"""{"Family":"mysql8.4","Description":"d","Parameters":{{parameters}}}""")!.AsObject())).Message.ShouldContain(reason);

    [Fact]
    public void Server_ThatIsNotInstalled_SaysHowToGetIt() =>
        Should.Throw<ServiceException>(() => new MariaDbTools { Folders = [] }.Demand()).Message
            .ShouldBe("mariadbd is missing: a DB instance is a real MariaDB server here. Install it with: sudo apt-get install -y mariadb-server");

    [Fact]
    public async Task SubnetGroup_OverOneZone_IsRefused()
    {
        var vpc = (await _cloud.ProvisionAsync("AWS::EC2::VPC", """{"CidrBlock":"10.7.0.0/16"}""")).PhysicalId;
        var a = (await _cloud.ProvisionAsync("AWS::EC2::Subnet", $$"""{"VpcId":"{{vpc}}","CidrBlock":"10.7.0.0/24","AvailabilityZone":"eu-west-1a"}""")).PhysicalId;
        var b = (await _cloud.ProvisionAsync("AWS::EC2::Subnet", $$"""{"VpcId":"{{vpc}}","CidrBlock":"10.7.1.0/24","AvailabilityZone":"eu-west-1b"}""")).PhysicalId;
        (await Should.ThrowAsync<ServiceException>(async () => await _cloud.ProvisionAsync("AWS::RDS::DBSubnetGroup", $$"""{"DBSubnetGroupDescription":"d","SubnetIds":["{{a}}"]}""")))
            .Code.ShouldBe("DBSubnetGroupDoesNotCoverEnoughAZs");
        var group = await _cloud.ProvisionAsync("AWS::RDS::DBSubnetGroup", $$"""{"DBSubnetGroupName":"Both","DBSubnetGroupDescription":"d","SubnetIds":["{{a}}","{{b}}"]}""");
        group.PhysicalId.ShouldBe("both");
        (await _cloud.QueryAsync("rds", "DescribeDBSubnetGroups", ("DBSubnetGroupName", "both"))).Descendants("SubnetIdentifier").Select(one => one.Value).ShouldBe([a, b]);
    }
}
