using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests.Settings;

public sealed class ProjectSettingsTests
{
    [Fact]
    public void Environment_WithNothingSet_HasSafeDefaults()
    {
        var settings = Parse("""{"context":{"environments":{"dev":{}}}}""").Environment("dev");

        settings.ShouldBe(new EnvironmentSettings { Name = "dev", Tags = settings.Tags, AlarmAddresses = settings.AlarmAddresses, Pipelines = settings.Pipelines, Network = settings.Network });
        settings.Tags.ShouldBeEmpty();
        settings.Pipelines.ShouldBe(["film-events"]);
        settings.DestroysData.ShouldBeFalse();
        settings.Account.ShouldBeNull();
    }

    [Fact]
    public void Environment_WithEverythingSet_IsReadAsWritten()
    {
        var settings = Parse(
            """
            {"context":{"environments":{"qa":{
              "account":"123456789012","region":"eu-central-1","removalPolicy":"destroy","terminationProtection":true,
              "stream":{"mode":"provisioned","shards":3,"retentionHours":48},
              "delivery":{"bufferMegabytes":100,"bufferSeconds":0,"sourceBackup":true},
              "lifecycle":{"landing":{"infrequentAccessDays":0,"glacierDays":0,"expireDays":10,"noncurrentDays":5},"queryResultDays":2},
              "queries":{"scanLimitMegabytes":500},
              "logRetentionDays":7,"dataSince":"2025-06-01","tags":{"team":"data lake"},"alarmAddresses":["a@example.com"]}}}}
            """).Environment("qa");

        settings.Account.ShouldBe("123456789012");
        settings.Region.ShouldBe("eu-central-1");
        settings.IsProtected.ShouldBeTrue();
        settings.Stream.ShouldBe(new StreamSettings { Mode = StreamMode.Provisioned, Shards = 3, RetentionHours = 48 });
        settings.Delivery.ShouldBe(new DeliverySettings { BufferMegabytes = 100, BufferSeconds = 0, SourceBackup = true });
        settings.Lifecycle.Landing.ShouldBe(new ZoneLifecycle { InfrequentAccessDays = 0, GlacierDays = 0, ExpireDays = 10, NoncurrentDays = 5 });
        settings.Lifecycle.QueryResultDays.ShouldBe(2);
        settings.Queries.ScanLimitMegabytes.ShouldBe(500);
        settings.LogRetentionDays.ShouldBe(7);
        settings.DataSince.ShouldBe(new DateOnly(2025, 6, 1));
        settings.Tags.ShouldBe(new Dictionary<string, string> { ["team"] = "data lake" });
        settings.AlarmAddresses.ShouldBe(["a@example.com"]);
    }

    [Theory]
    [InlineData("retain", "false", false)]
    [InlineData("retain", "true", false)]
    [InlineData("destroy", "false", false)]
    [InlineData("destroy", "null", false)]
    [InlineData("destroy", "true", true)]
    // From the command line, -c allowDestroy=true, it comes as text.
    [InlineData("destroy", "\"true\"", true)]
    public void Data_IsDestroyed_OnlyWhenBothKeysAgree(string removalPolicy, string allowDestroy, bool destroyed) =>
        Parse($$$"""{"context":{"environments":{"dev":{"removalPolicy":"{{{removalPolicy}}}"}},"allowDestroy":{{{allowDestroy}}} }}""")
            .Environment("dev").DestroysData.ShouldBe(destroyed);

    [Theory]
    [InlineData("dev", "{}", false)]
    [InlineData("prod", "{}", true)]
    [InlineData("prod", """{"terminationProtection":false}""", false)]
    [InlineData("qa", """{"terminationProtection":true}""", true)]
    public void Stacks_AreProtected_InProdUnlessSaidOtherwise(string name, string environment, bool isProtected) =>
        Parse($$$"""{"context":{"environments":{"{{{name}}}":{{{environment}}} } } }""").Environment(name).IsProtected.ShouldBe(isProtected);

    [Fact]
    public void Delivery_IsMissingByDefault_AndWithWhatItNeedsHasTheUsualStages()
    {
        Parse("""{"context":{"environments":{"dev":{}}}}""").Delivery.ShouldBeNull();

        var settings = Parse(
            """
            {"context":{"environments":{"qa":{"account":"222222222222","region":"eu-west-1"},"prod":{"account":"333333333333","region":"eu-west-1"}},
             "delivery":{"account":"111111111111","region":"eu-west-1","source":{"codeCommitRepository":"pipelines"}}}}
            """);

        settings.Delivery!.Stages.ShouldBe(["qa", "prod"]);
        settings.Delivery.Source.Branch.ShouldBe("main");
        settings.Delivery.Trigger.ShouldBe(PromotionTrigger.Push);
        settings.Delivery.TestDataInLastStage.ShouldBeFalse();
        settings.Only("qa").Delivery.ShouldBeNull("who deploys one environment by hand builds no pipeline");
    }

    [Fact]
    public void Environment_Unknown_IsNamedWithTheFix() =>
        Should.Throw<SettingsException>(() => Parse("""{"context":{"environments":{"dev":{}}}}""").Environment("qa2"))
            .Message.ShouldBe("Unknown environment 'qa2', known are dev. Add it under context.environments in cdk.json.");

    [Fact]
    public void File_Missing_SaysWhereToRun() =>
        Should.Throw<SettingsException>(() => SettingsFile.Read("/nowhere/cdk.json")).Message.ShouldBe("/nowhere/cdk.json doesn't exist. Run this in the folder of the project, where cdk.json is.");

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("""{"context":{"environments":{"dev":{},"dev":{}}}}""")]
    public void File_ThatIsNotStrictJson_IsNamed(string text) =>
        Should.Throw<SettingsException>(() => Parse(text)).Message.ShouldStartWith("cdk.json isn't valid JSON: ");

    [Fact]
    public void OurOwnFile_Names_TheThreeEnvironments() =>
        SettingsFile.Read(RepositoryRoot.PathOf("cdk.json")).Environments.Select(environment => environment.Name).ShouldBe(["dev", "qa", "prod"]);

    private static ProjectSettings Parse(string json) => SettingsFile.Parse(json);
}
