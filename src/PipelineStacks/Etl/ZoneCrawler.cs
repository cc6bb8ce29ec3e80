using System.Text.Json;
using Amazon.CDK.AWS.Glue;
using Amazon.CDK.AWS.IAM;
using Constructs;
using PipelineStacks.Catalog;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;

namespace PipelineStacks.Etl;

/// <summary>What <see cref="ZoneCrawler"/> crawls.</summary>
public sealed record ZoneCrawlerProps
{
    /// <summary>The pipeline, which gives the crawler its name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Its datasets, whose files are of a foreign schema.</summary>
    public required IReadOnlyList<Dataset> Datasets { get; init; }

    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>Where the tables go, with the zone that holds the files.</summary>
    public required ZoneDatabase Database { get; init; }

    /// <summary>What encrypts the files.</summary>
    public required DataKey Key { get; init; }

    /// <summary>What encrypts its logs.</summary>
    public required JobSecurity Security { get; init; }
}

/// <summary>
/// A crawler for files whose schema isn't ours. It looks at all of them each time and makes of their columns one schema, in which a column that
/// changed its type becomes the wider one or a text. To merge only new columns, as is often advised, would keep the type of the first files and read
/// the values of others as nothing.
/// </summary>
public sealed class ZoneCrawler : Construct
{
    private static readonly string Configuration = JsonSerializer.Serialize(new
    {
        Version = 1.0m,
        CrawlerOutput = new { Partitions = new { AddOrUpdateBehavior = "InheritFromTable" } },
        Grouping = new { TableGroupingPolicy = "CombineCompatibleSchemas" },
    });

    private readonly CfnCrawler _crawler;

    /// <summary>Creates the crawler.</summary>
    public ZoneCrawler(Construct scope, string id, ZoneCrawlerProps props)
        : base(scope, id)
    {
        var prefixes = props.Datasets.Select(dataset => $"{dataset.Name}/").ToList();
        var role = new Role(this, "Role", new RoleProps
        {
            AssumedBy = new ServicePrincipal("glue.amazonaws.com"),
            Description = $"Crawls the files of {props.Pipeline}",
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["Crawl"] = new(new PolicyDocumentProps { Statements = Statements(props, prefixes) }),
            },
        });
        _crawler = new CfnCrawler(this, "Crawler", new CfnCrawlerProps
        {
            Name = new Names(props.Settings.Name).Crawler(props.Pipeline),
            Description = $"Finds out what the files of {props.Pipeline} hold",
            Role = role.RoleArn,
            DatabaseName = props.Database.FixedName,
            Targets = new CfnCrawler.TargetsProperty
            {
                S3Targets = prefixes.Select(prefix => new CfnCrawler.S3TargetProperty { Path = props.Database.Zone.Bucket.S3UrlForObject(prefix) }).ToArray(),
            },
            SchemaChangePolicy = new CfnCrawler.SchemaChangePolicyProperty { UpdateBehavior = "UPDATE_IN_DATABASE", DeleteBehavior = "LOG" },
            RecrawlPolicy = new CfnCrawler.RecrawlPolicyProperty { RecrawlBehavior = "CRAWL_EVERYTHING" },
            Configuration = Configuration,
            CrawlerSecurityConfiguration = props.Security.Name,
        });
    }

    /// <summary>The name as CloudFormation knows it.</summary>
    public string Name => _crawler.Ref;

    private PolicyStatement[] Statements(ZoneCrawlerProps props, IReadOnlyList<string> prefixes)
    {
        var lake = new LakeAccess(this);
        var tables = props.Datasets.Select(dataset => lake.Table(props.Database, dataset.Name)).ToArray();
        return
        [
            LakeAccess.FindBuckets(props.Database.Zone),
            LakeAccess.ReadObjects("ReadFiles", props.Database.Zone, prefixes),
            lake.ReadCatalog([props.Database], tables),
            lake.DescribeTables(props.Database, tables),
            LakeAccess.UseKey(props.Key),
            lake.Log("crawlers"),
        ];
    }
}
