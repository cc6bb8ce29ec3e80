using System.Text.Json.Nodes;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Delivery;

/// <summary>The app with a delivery: qa and prod as cdk.json has them, in accounts of their own. Synthesised once for all tests.</summary>
public sealed class DeliveryTemplates
{
    public const string PipelineAccount = "111111111111";
    public const string QaAccount = "222222222222";
    public const string ProdAccount = "333333333333";
    public const string Connection = "arn:aws:codeconnections:eu-west-1:111111111111:connection/0a1b2c3d-0000-1111-2222-333344445555";

    public DeliveryTemplates()
    {
        var app = CdkJson.App(Environments(), delivery: Settings);
        var settings = Context.Read(app);
        PipelineApp.Build(app, settings.Environments, DatasetCatalog.All, settings.Delivery);
        Folder = app.Synth().Directory;
        Delivery = Templates.Read(Folder).Single();
        Stages = [.. Directory.EnumerateDirectories(Folder, "assembly-*").SelectMany(Templates.Read)];
    }

    public static string Settings => $$"""
        {
          "account": "{{PipelineAccount}}", "region": "eu-west-1",
          "source": { "connectionArn": "{{Connection}}", "repository": "example/pipelines" },
          "notify": ["data-team@example.com"]
        }
        """;

    public string Folder { get; }

    public Template Delivery { get; }

    public IReadOnlyList<Template> Stages { get; }

    public IEnumerable<Template> All => Stages.Where(template => template.Stack == "verification").Append(Delivery);

    private static string Environments()
    {
        var environments = new JsonObject();
        foreach (var (name, account) in new[] { ("qa", QaAccount), ("prod", ProdAccount) })
        {
            var settings = JsonNode.Parse(CdkJson.Context.GetProperty("environments").GetProperty(name).GetRawText())!.AsObject();
            settings["account"] = account;
            settings["region"] = "eu-west-1";
            environments[name] = settings;
        }
        return environments.ToJsonString();
    }
}

/// <summary>The tests that share them.</summary>
[CollectionDefinition(Name)]
public sealed class DeliveryTests : ICollectionFixture<DeliveryTemplates>
{
    public const string Name = "delivery";
}
