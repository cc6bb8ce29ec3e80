using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Constructs;

/// <summary>What the settings can ask for beside what cdk.json does.</summary>
[Collection(TemplateTests.Name)]
public sealed class ReplicationVariantTests
{
    private const string ExistingDatabase =
        """
        "database":{"host":"films.example.com","port":3307,"tls":"none","secretKeyArn":"arn:aws:kms:eu-west-1:123456789012:key/k",
          "replicationSecretArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:dms-a1B2c3"
        """;

    [Fact]
    public void Environment_WithAnExistingDatabase_ReplicatesIt_AndDeploysNone()
    {
        var templates = Synthesise($$"""{"pipelines":["sakila"],{{ExistingDatabase}} } }""");

        templates.SelectMany(template => template.Resources).Select(resource => resource.Type)
            .ShouldNotContain(type => type.StartsWith("AWS::RDS::", StringComparison.Ordinal) || type == "AWS::Lambda::Function");
        var source = templates.Single(template => template.Stack == "replication").Single("AWS::DMS::Endpoint", "Source");
        source.Text("MySqlSettings.SecretsManagerSecretId").ShouldBe("arn:aws:secretsmanager:eu-west-1:123456789012:secret:dms-a1B2c3");
        source.Text("SslMode").ShouldBe("none");
        templates.Select(template => template.Stack).ShouldNotContain(stack => stack == "streaming" || stack == "sourcedatabase");
    }

    [Fact]
    public void Environment_WithAnExistingDatabaseAndItsAdministrator_GetsTheFunction()
    {
        var templates = Synthesise(
            $$"""{"pipelines":["sakila"],{{ExistingDatabase}},"adminSecretArn":"arn:aws:secretsmanager:eu-west-1:123456789012:secret:admin-a1B2c3"} }""");

        var function = templates.Single(template => template.Stack == "sourcedatabase").OfType("AWS::Lambda::Function").Single();
        function.Text("Environment.Variables.DATABASE_TLS").ShouldBe("none");
        function.Text("Environment.Variables.DATABASE_HOST").ShouldBe("films.example.com");
    }

    [Fact]
    public void Environment_WithAnExistingNetwork_MakesOnlyGroupsInIt()
    {
        var templates = Synthesise(
            """{"pipelines":["sakila"],"network":{"vpcId":"vpc-12345678","subnetIds":["subnet-12345678","subnet-12345679"],"zones":["eu-west-1a","eu-west-1b"]}}""");

        templates.Single(template => template.Stack == "network").Resources.Select(resource => resource.Type).Distinct()
            .ShouldBe(["AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress"], ignoreOrder: true);
        Readable.Line(templates.Single(template => template.Stack == "replication").Single("AWS::DMS::ReplicationSubnetGroup", "").At("SubnetIds"))
            .ShouldBe("""["subnet-12345678","subnet-12345679"]""");
    }

    [Fact]
    public void Environment_Serverless_HasNoInstance_AndTheSameMappings()
    {
        var template = Synthesise("""{"pipelines":["sakila"],"replication":{"mode":"serverless","maximumCapacityUnits":8}}""")
            .Single(template => template.Stack == "replication");

        template.Resources.Select(resource => resource.Type).ShouldNotContain("AWS::DMS::ReplicationInstance");
        var replication = template.OfType("AWS::DMS::ReplicationConfig").Single();
        replication.Text("ReplicationType").ShouldBe("full-load-and-cdc");
        replication.Text("ComputeConfig.MaxCapacityUnits").ShouldBe("8");
        ((JsonArray)replication.At("TableMappings.rules")!).Count.ShouldBe(17);
        replication.Text("ReplicationSettings.Logging.EnableLogging").ShouldBe("true");
    }

    [Fact]
    public void Environment_WhoseAccountHasTheRoles_MakesNone() =>
        Synthesise("""{"pipelines":["sakila"],"replication":{"accountRoles":false}}""").Select(template => template.Stack).ShouldNotContain("accountbaseline");

    [Fact]
    public void Environment_InAKnownRegion_HasOnlyItsCertificate()
    {
        var template = Synthesise("""{"pipelines":["sakila"],"region":"eu-central-1"}""").Single(template => template.Stack == "replication");

        template.Root["Mappings"].ShouldBeNull();
        template.OfType("AWS::DMS::Certificate").Single().Text("CertificatePem")!.ShouldStartWith("-----BEGIN CERTIFICATE-----");
    }

    [Fact]
    public void Environment_WithAlarmAddresses_TellsThemOfEvents() =>
        Synthesise("""{"pipelines":["sakila"],"alarmAddresses":["a@example.com","b@example.com"]}""").Single(template => template.Stack == "replication")
            .OfType("AWS::SNS::Subscription").Select(subscription => subscription.Text("Endpoint")).ShouldBe(["a@example.com", "b@example.com"]);

    [Fact]
    public void Table_AddedToTheDatasets_AppearsInMappingsCatalogAndFunction()
    {
        var more = DatasetCatalog.Find("actor") with { Name = "director", Source = new DatabaseSource("sakila", "director") };
        var app = CdkJson.App("""{"dev":{"pipelines":["sakila"]}}""");

        var templates = Templates.Of(app, Context.Read(app).Environments, [.. DatasetCatalog.All, more]);

        templates.Single(template => template.Stack == "replication").OfType("AWS::DMS::ReplicationTask").Single().Text("TableMappings")!
            .ShouldContain("""{"schema-name":"sakila","table-name":"director"}""");
        templates.Single(template => template.Stack == "catalog").OfType("AWS::Glue::Table").Select(table => table.Text("TableInput.Name")).ShouldContain("director");
        templates.Single(template => template.Stack == "sourcedatabase").OfType("AWS::Lambda::Function").Single().Text("Environment.Variables.TABLES")!
            .ShouldContain("\"director\"");
    }

    // Without what reads the landing zone, which is the same whatever writes to it.
    private static IReadOnlyList<Template> Synthesise(string environment) =>
        Templates.Of(CdkJson.App($$"""{"dev":{"etl":{"enabled":false},"monitoring":{"enabled":false},{{environment[1..]}} }"""));
}
