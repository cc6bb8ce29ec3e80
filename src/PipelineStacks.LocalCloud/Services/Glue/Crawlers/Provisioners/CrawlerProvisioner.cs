using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Provisioners;

internal sealed record CrawlerProperties
{
    [CreateOnly]
    public string? Name { get; init; }

    public required string Role { get; init; }

    public string? DatabaseName { get; init; }

    public string? Description { get; init; }

    public required CrawlerTargets Targets { get; init; }

    public ScheduleProperties? Schedule { get; init; }

    public IReadOnlyList<string>? Classifiers { get; init; }

    public string? TablePrefix { get; init; }

    public SchemaChangePolicy? SchemaChangePolicy { get; init; }

    public RecrawlPolicy? RecrawlPolicy { get; init; }

    [NoLocalEffect("Lake Formation's credentials are not used locally; asking for them is refused.")]
    public LakeFormationConfiguration? LakeFormationConfiguration { get; init; }

    public string? Configuration { get; init; }

    [NoLocalEffect("Logs and tables are kept in plain files.")]
    public string? CrawlerSecurityConfiguration { get; init; }

    [JsonConverter(typeof(TextMap))]
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

internal sealed record ScheduleProperties(string? ScheduleExpression);

/// <summary><c>AWS::Glue::Crawler</c>.</summary>
internal sealed class CrawlerProvisioner(GlueCrawlers crawlers, GlueTags tags) : Provisioner<CrawlerProperties>("AWS::Glue::Crawler")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, CrawlerProperties properties)
    {
        var name = properties.Name ?? context.NewName(255);
        crawlers.Create(context.Call, new()
        {
            Name = name,
            Role = properties.Role,
            DatabaseName = properties.DatabaseName,
            Description = properties.Description,
            Targets = properties.Targets,
            Schedule = properties.Schedule?.ScheduleExpression,
            Classifiers = properties.Classifiers,
            TablePrefix = properties.TablePrefix,
            SchemaChangePolicy = properties.SchemaChangePolicy,
            RecrawlPolicy = properties.RecrawlPolicy,
            LakeFormationConfiguration = properties.LakeFormationConfiguration,
            Configuration = properties.Configuration,
            CrawlerSecurityConfiguration = properties.CrawlerSecurityConfiguration,
            Tags = properties.Tags,
        });
        return ValueTask.FromResult(new Provisioned(name));
    }

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, CrawlerProperties before, CrawlerProperties after)
    {
        // What the template no longer says returns to its default.
        crawlers.Update(context.Call, new()
        {
            Name = physicalId,
            Role = after.Role,
            DatabaseName = after.DatabaseName,
            Description = after.Description ?? "",
            Targets = after.Targets,
            Schedule = after.Schedule?.ScheduleExpression ?? "",
            Classifiers = after.Classifiers ?? [],
            TablePrefix = after.TablePrefix ?? "",
            SchemaChangePolicy = after.SchemaChangePolicy ?? CrawlerRules.StandardPolicy,
            RecrawlPolicy = after.RecrawlPolicy ?? new("CRAWL_EVERYTHING"),
            LakeFormationConfiguration = after.LakeFormationConfiguration,
            Configuration = after.Configuration ?? "",
            CrawlerSecurityConfiguration = after.CrawlerSecurityConfiguration ?? "",
        });
        tags.Replace(context.Call, CrawlerState.Arn(context.Call, physicalId), after.Tags);
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, CrawlerProperties properties)
    {
        Gone.Ignored(() => crawlers.Delete(context.Call, new(physicalId)));
        return ValueTask.CompletedTask;
    }
}
