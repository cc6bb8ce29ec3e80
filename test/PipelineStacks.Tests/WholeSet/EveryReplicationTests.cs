using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every database, network and replication: the things that DMS refuses, or forgives and then loses rows.</summary>
[Collection(TemplateTests.Name)]
public sealed class EveryReplicationTests(Templates templates)
{
    private static readonly string[] Tables = [.. DatasetCatalog.All.Select(dataset => dataset.Source).OfType<DatabaseSource>().Select(source => source.Table)];

    private IEnumerable<Resource> Databases => templates.OfType("AWS::RDS::DBInstance");

    private IEnumerable<Resource> Endpoints => templates.OfType("AWS::DMS::Endpoint");

    private IEnumerable<Resource> Targets => Endpoints.Where(endpoint => endpoint.Text("EndpointType") == "target");

    [Fact]
    public void Environments_AllHaveADatabaseAndItsReplication() => Templates.Environments.ShouldAllBe(environment =>
        templates[environment, "sourcedatabase"].OfType("AWS::RDS::DBInstance").Count() == 1 && templates[environment, "replication"].OfType("AWS::DMS::ReplicationTask").Count() == 1);

    [Fact]
    public void Databases_AreMySql84_EncryptedAndPrivate_WithoutPaidExtendedSupport() => Databases.ShouldAllBe(database =>
        database.Text("Engine") == "mysql" && database.Text("EngineVersion")!.StartsWith("8.4.", StringComparison.Ordinal)
        && database.Text("StorageEncrypted") == "true" && database.At("KmsKeyId") != null && database.Text("StorageType") == "gp3"
        && database.Text("PubliclyAccessible") == "false" && database.Text("EngineLifecycleSupport") == "open-source-rds-extended-support-disabled");

    [Fact]
    public void Databases_KeepBackups_SinceThatIsTheSwitchOfTheBinaryLog() => Databases.ShouldAllBe(database => (int)database.At("BackupRetentionPeriod")! >= 1);

    [Fact]
    public void Databases_AreCreatedWithTheParametersThatChangesAreReadBy()
    {
        foreach (var database in Databases)
        {
            var template = templates.All.Single(template => template.StackName == database.StackName);
            var group = template.Single("AWS::RDS::DBParameterGroup", database.Text("DBParameterGroupName.Ref")!);
            group.Text("Family").ShouldBe("mysql8.4");
            Readable.Line(group.At("Parameters")).ShouldBe(
                """{"binlog_format":"ROW","binlog_row_image":"FULL","binlog_checksum":"NONE","binlog_transaction_compression":"0","log_bin_trust_function_creators":"1","require_secure_transport":"1"}""");
        }
    }

    [Theory]
    [InlineData("dev", "false", "false")]
    [InlineData("qa", "false", "false")]
    [InlineData("prod", "true", "true")]
    public void Databases_HaveAStandbyAndProtection_InProd(string environment, string multiAz, string protection)
    {
        var database = templates[environment, "sourcedatabase"].OfType("AWS::RDS::DBInstance").Single();
        (database.Text("MultiAZ"), database.Text("DeletionProtection")).ShouldBe((multiAz, protection));
        templates[environment, "replication"].OfType("AWS::DMS::ReplicationInstance").Single().Text("MultiAZ").ShouldBe(multiAz);
    }

    [Fact]
    public void Passwords_AreGeneratedOrKeptByRds_AndStandInNoTemplate()
    {
        foreach (var database in Databases)
        {
            if (database.Text("ManageMasterUserPassword") == "true")
                database.At("MasterUserPassword").ShouldBeNull();
            else
                Readable.Text(database.At("MasterUserPassword")!).ShouldMatch(@"^\{\{resolve:secretsmanager:\$\{\w+AdminSecret\w+\}:SecretString:password::\}\}$");
        }
        templates.OfType("AWS::SecretsManager::Secret").ShouldAllBe(secret => secret.At("SecretString") == null && secret.At("KmsKeyId") != null);
    }

    [Fact]
    public void Sources_ReadTheAttachedSecret_ByARoleOfTheRegionsPrincipal_OverTls()
    {
        foreach (var source in Endpoints.Except(Targets))
        {
            source.Text("EngineName").ShouldBe("mysql");
            source.Text("SslMode").ShouldBe("verify-ca");
            source.At("CertificateArn").ShouldNotBeNull();
            Readable.Text(source.At("MySqlSettings.SecretsManagerSecretId")!).ShouldContain("ReplicationSecretAttachment");
            // The secret excludes each of these, and a database name would put all schemas into one.
            foreach (var property in new[] { "Username", "Password", "ServerName", "Port", "DatabaseName" })
                source.At(property).ShouldBeNull();
            var role = templates.All.Single(template => template.StackName == source.StackName)
                .Single("AWS::IAM::Role", source.Text("MySqlSettings.SecretsManagerAccessRoleArn.Fn::GetAtt.0")!);
            Readable.Text(role.At("AssumeRolePolicyDocument.Statement.0.Principal.Service")!).ShouldBe("dms.${AWS::Region}.amazonaws.com");
        }
    }

    [Fact]
    public void Targets_WriteLoadAndChangesAlike_ByDay_WithDeletions_Encrypted()
    {
        foreach (var target in Targets)
        {
            string[] expected =
            [
                "BucketFolder=sakila", "IncludeOpForFullLoad=true", "TimestampColumnName=dms_timestamp", "UseTaskStartTimeForFullLoadTimestamp=true",
                "DatePartitionEnabled=true", "DatePartitionSequence=YYYYMMDD", "DatePartitionDelimiter=SLASH",
                "CdcMinFileSize=32000", "EncryptionMode=SSE_KMS",
            ];
            expected.ShouldAllBe(setting => target.Text($"S3Settings.{setting.Split('=', 2)[0]}") == setting.Split('=', 2)[1]);
            target.At("S3Settings.ServerSideEncryptionKmsKeyId").ShouldNotBeNull();
            Readable.Text(target.At("S3Settings.ExpectedBucketOwner")!).ShouldBe("${AWS::AccountId}");
            foreach (var property in new[] { "CdcInsertsOnly", "CdcInsertsAndUpdates", "PreserveTransactions", "CdcPath", "GlueCatalogGeneration" })
                target.At($"S3Settings.{property}").ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("dev", 10)]
    [InlineData("qa", 60)]
    [InlineData("prod", 60)]
    public void Targets_CollectChangesForAsLongAsTheirEnvironmentSays(string environment, int seconds) =>
        ((int)Targets.Single(target => target.StackName == $"pipelines-{environment}-replication").At("S3Settings.CdcMaxBatchInterval")!).ShouldBe(seconds);

    [Theory]
    [InlineData("dev", "csv", "true", null)]
    [InlineData("qa", "csv", "true", null)]
    [InlineData("prod", "parquet", null, "true")]
    public void Targets_HaveTheFormatOfTheirEnvironment(string environment, string format, string? header, string? milliseconds)
    {
        var target = Targets.Single(target => target.StackName == $"pipelines-{environment}-replication");
        target.Text("S3Settings.DataFormat").ShouldBe(format);
        target.Text("S3Settings.AddColumnName").ShouldBe(header);
        target.Text("S3Settings.ParquetTimestampInMillisecond").ShouldBe(milliseconds);
    }

    [Theory]
    [InlineData("dev", "org.apache.hadoop.hive.serde2.OpenCSVSerde", "string", "string")]
    [InlineData("qa", "org.apache.hadoop.hive.serde2.OpenCSVSerde", "string", "string")]
    [InlineData("prod", "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe", "int", "timestamp")]
    public void LandingTables_ReadLoadAndChanges_AsDmsWritesThem(string environment, string serde, string id, string time)
    {
        foreach (var name in Tables)
        {
            var table = Landing(name);
            // Without partitions Athena reads the folder with all folders in it: the full load, and the changes by day.
            ((JsonArray)table.At("TableInput.PartitionKeys")!).ShouldBeEmpty();
            Readable.Text(table.At("TableInput.StorageDescriptor.Location")!).ShouldEndWith($"/sakila/sakila/{name}/");
            table.Text("TableInput.StorageDescriptor.SerdeInfo.SerializationLibrary").ShouldBe(serde);
            var columns = (JsonArray)table.At("TableInput.StorageDescriptor.Columns")!;
            ((string?)columns[0]!["Name"], (string?)columns[1]!["Name"], (string?)columns[1]!["Type"]).ShouldBe(("op", "dms_timestamp", time));
            ((string?)columns[^1]!["Name"], (string?)columns[^1]!["Type"]).ShouldBe(("change_seq", "string"));
            ((string?)table.At("TableInput.Parameters")!["skip.header.line.count"]).ShouldBe(environment == "prod" ? null : "1");
        }
        Landing("actor").Text("TableInput.StorageDescriptor.Columns.2.Type").ShouldBe(id);

        Resource Landing(string name) => templates[environment, "catalog"].OfType("AWS::Glue::Table")
            .Single(table => table.Text("TableInput.Name") == name && table.Text("DatabaseName.Ref")!.StartsWith("Landing", StringComparison.Ordinal));
    }

    [Fact]
    public void Tasks_LoadAndFollowEveryDataset_AndLog()
    {
        foreach (var task in templates.OfType("AWS::DMS::ReplicationTask"))
        {
            task.Text("MigrationType").ShouldBe("full-load-and-cdc");
            var rules = (JsonArray)JsonNode.Parse(task.Text("TableMappings")!)!["rules"]!;
            rules.SkipLast(1).Select(rule => (string?)rule!["object-locator"]!["table-name"]).ShouldBe(Tables);
            ((string?)rules[^1]!["expression"]).ShouldBe("$AR_H_CHANGE_SEQ");
            var settings = JsonNode.Parse(task.Text("ReplicationTaskSettings")!)!;
            ((bool)settings["Logging"]!["EnableLogging"]!).ShouldBeTrue();
            settings["Logging"]!["CloudWatchLogGroup"].ShouldBeNull();
            ((bool)settings["ValidationSettings"]!["EnableValidation"]!).ShouldBe(task.StackName == "pipelines-prod-replication");
        }
    }

    [Fact]
    public void Tasks_HaveIdentifiers_ThatTellTheirArnsAndMetrics()
    {
        foreach (var resource in templates.OfType("AWS::DMS::ReplicationTask").Concat(templates.OfType("AWS::DMS::ReplicationInstance")))
            resource.Text("ResourceIdentifier")!.Length.ShouldBeLessThanOrEqualTo(31);
    }

    [Fact]
    public void Instances_ArePrivate_InASubnetGroup_OfAVersionThatLives() => templates.OfType("AWS::DMS::ReplicationInstance").ShouldAllBe(instance =>
        instance.Text("PubliclyAccessible") == "false" && instance.At("ReplicationSubnetGroupIdentifier") != null && instance.At("AvailabilityZone") == null
        && instance.Text("EngineVersion") == "3.6.1" && instance.At("KmsKeyId") != null);

    [Fact]
    public void Events_AreSubscribedTo_OnceTheirSourcesAreThere() => templates.OfType("AWS::DMS::EventSubscription").ShouldAllBe(subscription =>
        ((JsonArray)subscription.Json["DependsOn"]!).Count == 3 && ((JsonArray)subscription.At("EventCategories")!).Any(category => (string?)category == "failure"));

    [Fact]
    public void Networks_HaveNoWayToTheInternet_AndOnlyTheEndpointsThatAreNeeded()
    {
        templates.Resources.Select(resource => resource.Type).ShouldNotContain(type => type == "AWS::EC2::InternetGateway" || type == "AWS::EC2::NatGateway");
        Services("qa").ShouldBe(["s3", "secretsmanager"]);
        // Validation asks Athena and Glue.
        Services("prod").ShouldBe(["athena", "glue", "s3", "secretsmanager"]);

        IEnumerable<string> Services(string environment) => templates[environment, "network"].OfType("AWS::EC2::VPCEndpoint")
            .Select(endpoint => Readable.Text(endpoint.At("ServiceName")!).Split('.')[^1]).Order();
    }

    [Fact]
    public void Endpoints_OfTheNetwork_LetThroughOnlyTheAccount() => templates.OfType("AWS::EC2::VPCEndpoint").ShouldAllBe(endpoint =>
        Readable.Line(endpoint.At("PolicyDocument.Statement.0.Condition")).Contains("${AWS::AccountId}", StringComparison.Ordinal));

    [Fact]
    public void SecurityGroups_AdmitGroupsOnly() =>
        templates.OfType("AWS::EC2::SecurityGroup").ShouldAllBe(group => group.At("SecurityGroupIngress") == null);

    [Fact]
    public void Functions_RunInTheNetwork_ByARuntimeThatLives_AndLogIntoAGroupOfOurs() => templates.OfType("AWS::Lambda::Function").ShouldAllBe(function =>
        function.Text("Runtime") == "nodejs24.x" && function.At("VpcConfig.SubnetIds") is JsonArray && function.Text("LoggingConfig.LogGroup.Ref") != null);
}
