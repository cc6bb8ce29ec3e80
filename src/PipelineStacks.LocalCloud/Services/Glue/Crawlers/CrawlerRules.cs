using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Athena.Tables;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>What a crawler's settings must fulfil before it is kept.</summary>
internal static class CrawlerRules
{
    private const int MaxSample = 249;

    public static readonly SchemaChangePolicy StandardPolicy = new("UPDATE_IN_DATABASE", "DEPRECATE_IN_DATABASE");

    /// <exception cref="ServiceException"><c>InvalidInputException</c> with everything that is wrong, or what is not supported, by name.</exception>
    public static void Check(CrawlerSettings settings)
    {
        RefuseUnsupported(settings);
        if (Problems(settings).ToList() is { Count: > 0 } problems)
            throw GlueErrors.Invalid(string.Join(" ", problems));
        CrawlerConfiguration.Parse(settings.Configuration);
        foreach (var exclusion in (settings.Targets!.S3Targets ?? []).SelectMany(target => target.Exclusions ?? []))
            _ = new Crawling.Glob(exclusion);
    }

    private static void RefuseUnsupported(CrawlerSettings settings)
    {
        var targets = settings.Targets ?? new();
        (string Name, IReadOnlyList<UnsupportedTarget>? Targets)[] refused =
        [
            ("JdbcTargets", targets.JdbcTargets), ("MongoDBTargets", targets.MongoDBTargets), ("DynamoDBTargets", targets.DynamoDBTargets),
            ("CatalogTargets", targets.CatalogTargets), ("DeltaTargets", targets.DeltaTargets), ("IcebergTargets", targets.IcebergTargets),
            ("HudiTargets", targets.HudiTargets),
        ];
        if (refused.FirstOrDefault(kind => kind.Targets is { Count: > 0 }).Name is { } name)
            throw ServiceException.Unsupported($"{name} of a Glue crawler");
        if (settings.RecrawlPolicy?.RecrawlBehavior is "CRAWL_EVENT_MODE" || (targets.S3Targets ?? []).Any(target => target.EventQueueArn is not null || target.DlqEventQueueArn is not null))
            throw ServiceException.Unsupported("CRAWL_EVENT_MODE (with EventQueueArn and DlqEventQueueArn) of a Glue crawler");
        if ((targets.S3Targets ?? []).Any(target => !string.IsNullOrEmpty(target.ConnectionName)))
            throw ServiceException.Unsupported("ConnectionName of a Glue crawler's S3 target");
        if (settings.LakeFormationConfiguration?.UseLakeFormationCredentials == true)
            throw ServiceException.Unsupported("UseLakeFormationCredentials of a Glue crawler");
    }

    private static IEnumerable<string> Problems(CrawlerSettings settings)
    {
        if (string.IsNullOrEmpty(settings.Role))
            yield return "Role is required.";
        if (string.IsNullOrEmpty(settings.DatabaseName))
            yield return "DatabaseName is required for a crawler of S3 targets.";
        if (settings.Targets?.S3Targets is not { Count: > 0 })
            yield return "Targets must hold at least one S3 target.";
        foreach (var target in settings.Targets?.S3Targets ?? [])
        {
            if (S3Location.Parse(target.Path ?? "") is null)
                yield return $"The path {target.Path ?? "null"} of an S3 target is not of the form s3://bucket/prefix.";
            if (target.SampleSize is < 1 or > MaxSample)
                yield return $"SampleSize is {target.SampleSize} and must be between 1 and {MaxSample}.";
        }

        if (settings.TablePrefix?.Length > 128)
            yield return "TablePrefix must have at most 128 characters.";
        var (update, delete) = (settings.SchemaChangePolicy?.UpdateBehavior, settings.SchemaChangePolicy?.DeleteBehavior);
        if (update is not (null or "LOG" or "UPDATE_IN_DATABASE"))
            yield return $"UpdateBehavior is {update} and can be LOG or UPDATE_IN_DATABASE.";
        if (delete is not (null or "LOG" or "DELETE_FROM_DATABASE" or "DEPRECATE_IN_DATABASE"))
            yield return $"DeleteBehavior is {delete} and can be LOG, DELETE_FROM_DATABASE or DEPRECATE_IN_DATABASE.";
        if (settings.RecrawlPolicy?.RecrawlBehavior is not (null or "CRAWL_EVERYTHING" or "CRAWL_NEW_FOLDERS_ONLY") and var recrawl)
            yield return $"RecrawlBehavior is {recrawl} and can be CRAWL_EVERYTHING or CRAWL_NEW_FOLDERS_ONLY.";
        if (settings.RecrawlPolicy?.RecrawlBehavior is "CRAWL_NEW_FOLDERS_ONLY" && (update, delete) is not ("LOG", "LOG"))
            yield return "The SchemaChangePolicy for 'Crawl new folders only' Amazon S3 target can have only LOG DeleteBehavior value and LOG UpdateBehavior value.";
        if (settings.LineageConfiguration?.CrawlerLineageSettings is not (null or "ENABLE" or "DISABLE") and var lineage)
            yield return $"CrawlerLineageSettings is {lineage} and can be ENABLE or DISABLE.";
    }
}
