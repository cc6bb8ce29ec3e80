using System.Text.Json.Nodes;
using PipelineStacks.Model;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every job, crawler, ruleset, trigger and workflow: what Glue refuses, or takes and then never does.</summary>
[Collection(TemplateTests.Name)]
public sealed class EveryJobTests(Templates templates)
{
    private static IEnumerable<string> Environments => Templates.Environments.Where(environment => CdkJson.Settings.Environment(environment).Etl.Enabled);

    private IEnumerable<Resource> Jobs => templates.OfType("AWS::Glue::Job");

    private IEnumerable<Resource> Triggers => templates.OfType("AWS::Glue::Trigger");

    private IEnumerable<Resource> Crawlers => templates.OfType("AWS::Glue::Crawler");

    [Fact]
    public void Jobs_AreOnePerPipeline_AndOneEachForQualityAndCurated()
    {
        foreach (var environment in Environments)
        {
            var names = new Names(environment);
            templates[environment, "etl"].OfType("AWS::Glue::Job").Select(job => job.Text("Name"))
                .ShouldBe([.. CdkJson.Settings.Environment(environment).Pipelines.Select(names.CleanJob), names.QualityJob, names.CuratedJob], ignoreOrder: true);
        }
    }

    [Fact]
    public void Jobs_RunAVersionThatLives_OnWorkersAndNotOnCapacity_ForALimitedTime_OneAtATime() => Jobs.ShouldAllBe(job =>
        job.Text("GlueVersion") == "5.0" && job.Text("Command.Name") == "glueetl" && job.Text("Command.PythonVersion") == "3"
        && job.Text("WorkerType") != null && job.Text("NumberOfWorkers") != null && job.At("MaxCapacity") == null && job.At("AllocatedCapacity") == null
        && job.Text("Timeout") != null && job.Text("ExecutionProperty.MaxConcurrentRuns") == "1");

    [Theory]
    [InlineData("qa", "G.1X", "2", "60", "1", "24")]
    [InlineData("prod", "G.1X", "10", "120", "1", "48")]
    public void Jobs_HaveTheSettingsOfTheirEnvironment(string environment, string type, string workers, string minutes, string retries, string retain)
    {
        foreach (var job in templates[environment, "etl"].OfType("AWS::Glue::Job"))
        {
            (job.Text("WorkerType"), job.Text("NumberOfWorkers"), job.Text("Timeout"), job.Text("MaxRetries"), Argument(job, "--retain-hours"))
                .ShouldBe((type, workers, minutes, retries, retain));
            Argument(job, "--enable-auto-scaling").ShouldBe("true");
        }
    }

    [Fact]
    public void Jobs_Log_Measure_AndEncrypt() => Jobs.ShouldAllBe(job =>
        Argument(job, "--enable-metrics") == "true" && Argument(job, "--enable-continuous-cloudwatch-log") == "true"
        && Argument(job, "--enable-glue-datacatalog") == "true" && job.Text("SecurityConfiguration.Ref") != null);

    [Fact]
    public void Jobs_ThatClean_KeepBookmarks_AndNoOthers() => Jobs.ShouldAllBe(job =>
        Argument(job, "--job-bookmark-option") == (job.Text("Name")!.Contains("-clean-", StringComparison.Ordinal) ? "job-bookmark-enable" : "job-bookmark-disable"));

    [Fact]
    public void Jobs_RunTheSqlOfTheirTables_AndMayReadNoOtherFile()
    {
        foreach (var job in Jobs)
        {
            var environment = job.StackName.Split('-')[1];
            var pipelines = CdkJson.Settings.Environment(environment).Pipelines;
            var files = (Argument(job, "--sql") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
            files.Length.ShouldBe(job.Text("Name")!.Split('-', 4) is [_, _, "clean", var pipeline]
                ? DatasetCatalog.All.Count(dataset => dataset.Pipeline == pipeline)
                : job.Text("Name")!.EndsWith("-curated", StringComparison.Ordinal) ? CuratedCatalog.Of(pipelines).Count : 0);

            var readable = Texts(Statement(RoleOf(job), "ReadScripts")["Resource"]).Select(arn => arn.Split(":::")[1]);
            readable.ShouldBe(files.Append(Readable.Text(job.At("Command.ScriptLocation")!)).Select(uri => uri["s3://".Length..]), ignoreOrder: true);
        }
    }

    [Fact]
    public void Jobs_ThatClean_WriteOnlyTheirTables_AndTheirQuarantine()
    {
        foreach (var job in Jobs.Where(job => job.Text("Name")!.Contains("-clean-", StringComparison.Ordinal)))
        {
            var datasets = DatasetCatalog.All.Where(dataset => job.Text("Name")!.EndsWith($"-clean-{dataset.Pipeline}", StringComparison.Ordinal)).ToList();
            Texts(Statement(RoleOf(job), "ExchangeClean")["Resource"]).Select(arn => arn.Split('/', 2)[1]).ShouldBe(datasets.Select(dataset => $"{dataset.Name}/*"), ignoreOrder: true);
            Texts(Statement(RoleOf(job), "WriteQuarantine")["Resource"]).Select(arn => arn.Split('/', 2)[1])
                .ShouldBe(datasets.Select(dataset => $"quarantine/{dataset.Name}/clean-rejected/*"), ignoreOrder: true);
        }
    }

    [Fact]
    public void SecurityConfigurations_EncryptFilesLogsAndBookmarks_WithTheDataKey()
    {
        foreach (var security in templates.OfType("AWS::Glue::SecurityConfiguration"))
        {
            security.Text("EncryptionConfiguration.S3Encryptions.0.S3EncryptionMode").ShouldBe("SSE-KMS");
            security.Text("EncryptionConfiguration.CloudWatchEncryption.CloudWatchEncryptionMode").ShouldBe("SSE-KMS");
            security.Text("EncryptionConfiguration.JobBookmarksEncryption.JobBookmarksEncryptionMode").ShouldBe("CSE-KMS");
            new[] { "S3Encryptions.0", "CloudWatchEncryption", "JobBookmarksEncryption" }
                .ShouldAllBe(part => Readable.Text(security.At($"EncryptionConfiguration.{part}.KmsKeyArn")!).Contains("DataKey", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Rulesets_AreOnePerDataset_AndComeAfterTheirTable()
    {
        foreach (var environment in Environments)
        {
            var datasets = DatasetCatalog.All.Where(dataset => CdkJson.Settings.Environment(environment).Pipelines.Contains(dataset.Pipeline)).ToList();
            var rulesets = templates[environment, "etl"].OfType("AWS::Glue::DataQualityRuleset").ToList();
            rulesets.Select(ruleset => ruleset.Text("Name")).ShouldBe(datasets.Select(dataset => new Names(environment).Ruleset(dataset.Name)), ignoreOrder: true);
            rulesets.ShouldAllBe(ruleset => Readable.Text(ruleset.At("TargetTable.TableName")!).StartsWith("${import ", StringComparison.Ordinal)
                && ruleset.Text("TargetTable.DatabaseName") == new Names(environment).Database(ZoneName.Clean)
                && ruleset.Text("Ruleset")!.StartsWith("Rules = [", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Crawlers_LookOnlyAtFilesOfAForeignSchema_AndAtAllOfThem()
    {
        foreach (var crawler in Crawlers)
        {
            var foreign = DatasetCatalog.All.Where(dataset => dataset.Source is FileSource).Select(dataset => $"{dataset.Name}/");
            ((JsonArray)crawler.At("Targets.S3Targets")!).Select(target => Readable.Text(target!["Path"]!).Split('/', 4)[3]).ShouldBe(foreign);
            // With only new folders both policies would have to be LOG, and a changed type would go unnoticed.
            crawler.Text("RecrawlPolicy.RecrawlBehavior").ShouldBe("CRAWL_EVERYTHING");
            crawler.Text("SchemaChangePolicy.UpdateBehavior").ShouldBe("UPDATE_IN_DATABASE");
            crawler.Text("CrawlerSecurityConfiguration.Ref").ShouldNotBeNull();
            var configuration = JsonNode.Parse(crawler.Text("Configuration")!)!;
            ((double)configuration["Version"]!).ShouldBe(1.0);
            ((string?)configuration["CrawlerOutput"]!["Partitions"]!["AddOrUpdateBehavior"]).ShouldBe("InheritFromTable");
        }
    }

    [Fact]
    public void Triggers_StartThemselves_ButForThoseOfEvents() => Triggers.ShouldAllBe(trigger =>
        (trigger.Text("Type") == "EVENT" || trigger.Text("Type") == "ON_DEMAND") ? trigger.At("StartOnCreation") == null : trigger.Text("StartOnCreation") == "true");

    [Fact]
    public void Conditions_SayWhatTheyCompare_AndAllMustHold()
    {
        foreach (var trigger in Triggers.Where(trigger => trigger.Text("Type") == "CONDITIONAL"))
        {
            trigger.Text("Predicate.Logical").ShouldBe("AND");
            var conditions = (JsonArray)trigger.At("Predicate.Conditions")!;
            conditions.ShouldNotBeEmpty();
            conditions.ShouldAllBe(condition => (string?)condition!["LogicalOperator"] == "EQUALS"
                && ((string?)condition["State"] == "SUCCEEDED" && condition["JobName"] != null || (string?)condition["CrawlState"] == "SUCCEEDED" && condition["CrawlerName"] != null));
        }
    }

    [Fact]
    public void Triggers_StartAtMostTwoCrawlers_AndBelongToAWorkflow() => Triggers.ShouldAllBe(trigger =>
        ((JsonArray)trigger.At("Actions")!).Count(action => action!["CrawlerName"] != null) <= 2 && trigger.Text("WorkflowName.Ref") != null);

    [Fact]
    public void LakeWorkflow_CrawlsCleansChecksAndMakesTheCuratedTables()
    {
        var template = templates["qa", "etl"];
        Steps("pipelines-qa-lake").ShouldBe([
            "clean-play-logs: pipelines-qa-play-logs > pipelines-qa-clean-play-logs",
            "curated: pipelines-qa-quality > pipelines-qa-curated",
            "quality: pipelines-qa-clean-film-events, pipelines-qa-clean-sakila, pipelines-qa-clean-play-logs, pipelines-qa-clean-telemetry > pipelines-qa-quality",
            "start:  > pipelines-qa-clean-film-events, pipelines-qa-clean-sakila, pipelines-qa-play-logs, pipelines-qa-clean-telemetry",
        ]);
        Steps("pipelines-qa-play-logs").ShouldBe([
            "clean: pipelines-qa-play-logs > pipelines-qa-clean-play-logs",
            "curated: pipelines-qa-clean-play-logs > pipelines-qa-curated",
            "start:  > pipelines-qa-play-logs",
        ]);
        template.OfType("AWS::Glue::Workflow").Select(workflow => workflow.Text("Name")).ShouldBe(["pipelines-qa-lake", "pipelines-qa-play-logs"], ignoreOrder: true);
        template.OfType("AWS::Glue::Trigger").Single(trigger => trigger.Text("Name") == "pipelines-qa-lake-start").Text("Schedule").ShouldBe("cron(15 3 * * ? *)");

        IEnumerable<string> Steps(string workflow) => template.OfType("AWS::Glue::Trigger").Where(trigger => trigger.Text("Name")!.StartsWith($"{workflow}-", StringComparison.Ordinal))
            .Select(trigger => $"{trigger.Text("Name")![(workflow.Length + 1)..]}: {Named(trigger.At("Predicate.Conditions"))} > {Named(trigger.At("Actions"))}").Order(StringComparer.Ordinal);

        string Named(JsonNode? steps) => string.Join(", ", (steps as JsonArray ?? []).Select(step =>
            template.Resources.Single(resource => resource.Id == (string?)(step!["JobName"] ?? step["CrawlerName"])!["Ref"]).Text("Name")));
    }

    [Fact]
    public void ArrivalWorkflow_MakesOnlyTheTablesOfItsPipeline()
    {
        var trigger = templates["qa", "etl"].OfType("AWS::Glue::Trigger").Single(trigger => trigger.Text("Name") == "pipelines-qa-play-logs-curated");
        var all = Argument(templates["qa", "etl"].OfType("AWS::Glue::Job").Single(job => job.Text("Name") == "pipelines-qa-curated"), "--sql")!.Split(',');

        Readable.Text(trigger.At("Actions.0.Arguments.--sql")!).ShouldBe(all[^1]);
    }

    [Fact]
    public void Arrivals_StartTheirWorkflow_AfterAFewFilesOrSomeTime_AsARoleThatMayDoNothingElse()
    {
        foreach (var rule in templates.OfType("AWS::Events::Rule").Where(rule => rule.StackName.EndsWith("-etl", StringComparison.Ordinal)))
        {
            var template = templates.All.Single(template => template.StackName == rule.StackName);
            Readable.Line(rule.At("EventPattern.source")).ShouldBe("""["aws.s3"]""");
            Readable.Line(rule.At("EventPattern.detail-type")).ShouldBe("""["Object Created"]""");
            Readable.Text(rule.At("EventPattern.detail.bucket.name.0")!).ShouldContain("LandingZone");
            Readable.Line(rule.At("EventPattern.detail.object.key")).ShouldBe("""[{"prefix":"play_logs/"}]""");
            var workflow = Readable.Text(rule.At("Targets.0.Arn")!);
            workflow.ShouldStartWith("arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:workflow/${PlayLogsArrivalWorkflow");
            var role = template.Single("AWS::IAM::Role", rule.Text("Targets.0.RoleArn.Fn::GetAtt.0")!);
            role.Text("AssumeRolePolicyDocument.Statement.0.Principal.Service").ShouldBe("events.amazonaws.com");
            Readable.Line(role.At("Policies.0.PolicyDocument.Statement")).ShouldBe($$"""[{"Action":"glue:notifyEvent","Effect":"Allow","Resource":"{{workflow}}","Sid":"NotifyWorkflow"}]""");
        }
        Triggers.Where(trigger => trigger.Text("Type") == "EVENT").ShouldAllBe(trigger =>
            trigger.Text("EventBatchingCondition.BatchSize") == "5" && trigger.Text("EventBatchingCondition.BatchWindow") == "900");
        Triggers.Count(trigger => trigger.Text("Type") == "EVENT").ShouldBe(Environments.Count());
    }

    [Fact]
    public void LakeFormation_IsLeftToTheAccount() => templates.Resources.ShouldAllBe(resource => !resource.Type.StartsWith("AWS::LakeFormation::", StringComparison.Ordinal));

    private Resource RoleOf(Resource job) =>
        templates.All.Single(template => template.StackName == job.StackName).Single("AWS::IAM::Role", job.Text("Role.Fn::GetAtt.0")!);

    private static string? Argument(Resource job, string name) => ((JsonObject)job.At("DefaultArguments")!)[name] is { } value ? Readable.Text(value) : null;

    private static JsonNode Statement(Resource role, string sid) =>
        ((JsonArray)role.At("Policies.0.PolicyDocument.Statement")!).Single(statement => (string?)statement!["Sid"] == sid)!;

    private static IEnumerable<string> Texts(JsonNode? json) => json is JsonArray several ? several.Select(one => Readable.Text(one!)) : [Readable.Text(json!)];
}
