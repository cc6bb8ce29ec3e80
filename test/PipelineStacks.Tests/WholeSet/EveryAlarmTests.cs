using System.Text.RegularExpressions;
using PipelineStacks.Tests.Alarms;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.WholeSet;

/// <summary>What holds for every alarm: it can fire, when it should, and somebody hears of it who then knows what to do.</summary>
[Collection(TemplateTests.Name)]
public sealed class EveryAlarmTests(Templates templates)
{
    private static readonly ServiceMetrics Services = new();

    private readonly List<Alarm> _alarms = [.. Alarm.Of(templates)];

    [Fact]
    public void Alarms_HaveTheDimensionsThatTheirServiceEmits()
    {
        foreach (var alarm in _alarms)
        {
            alarm.Dimensions.ShouldNotBeEmpty(alarm.Name);
            Services.DimensionsOf(alarm.Namespace, alarm.Metric).ShouldContain(
                set => set.Order().SequenceEqual(alarm.Dimensions.Order()),
                $"{alarm.Name}: {alarm.Namespace} has no {alarm.Metric} under {string.Join(" and ", alarm.Dimensions)}.");
            alarm.Resource.At("Dimensions")!.AsArray().ShouldAllBe(dimension => Readable.Text(dimension!["Value"]!).Length > 0);
        }
    }

    [Fact]
    public void Alarms_HaveAThresholdThatMakesSenseInTheMetricsUnit()
    {
        foreach (var alarm in _alarms)
        {
            var (unit, least, most) = ServiceMetrics.UnitOf(alarm.Metric);
            alarm.Threshold.ShouldBeInRange(least, most, $"{alarm.Name}: {alarm.Metric} is in {unit}.");
        }
    }

    [Fact]
    public void Alarms_SayWhatAMissingValueMeans() =>
        _alarms.ShouldAllBe(alarm => alarm.Resource.Text("TreatMissingData") == "breaching" || alarm.Resource.Text("TreatMissingData") == "notBreaching" || alarm.Resource.Text("TreatMissingData") == "missing");

    [Fact]
    public void Alarms_LookBackAsFarAsCloudWatchDoes()
    {
        _alarms.ShouldAllBe(alarm => alarm.Period >= 60 && alarm.Period % 60 == 0 && alarm.ToAlarm >= 1 && alarm.ToAlarm <= alarm.Periods);
        _alarms.ShouldAllBe(alarm => alarm.Period * alarm.Periods <= (alarm.Period >= 3600 ? 604_800 : 86_400));
        _alarms.Where(alarm => alarm.Period > 3600).ShouldAllBe(alarm => alarm.Period % 3600 == 0);
    }

    [Fact]
    public void Alarms_TellTheTopicForWarnings_OfBothChanges()
    {
        foreach (var alarm in _alarms)
        {
            foreach (var actions in new[] { "AlarmActions", "OKActions" })
                alarm.Resource.At(actions)!.AsArray().Select(action => Readable.Text(action!)).ShouldHaveSingleItem(alarm.Name).ShouldStartWith("${AlarmsTopicsWarning");
            alarm.Resource.At("ActionsEnabled").ShouldBeNull(alarm.Name);
        }
    }

    [Fact]
    public void Alarms_HaveNamesByOneRule_EachOnce()
    {
        foreach (var alarm in _alarms)
        {
            alarm.Name.ShouldMatch($"^pipelines-{alarm.Template.Environment}-[a-z]+(-[a-z]+)+$");
            alarm.Name.ShouldEndWith($"-{alarm.Kind.Split('#')[1]}");
        }
        _alarms.Select(alarm => alarm.Name).ShouldBeUnique();
    }

    [Fact]
    public void Alarms_SayWhyTheyMatter_AndWhereItIsWrittenWhatToDo() =>
        _alarms.ShouldAllBe(alarm => Regex.IsMatch(alarm.Resource.Text("AlarmDescription")!, @"^[A-Z][^#]{10,}\. Runbook: docs/runbooks/[a-z-]+\.md#[a-z-]+$"));

    [Fact]
    public void Pipelines_HaveOneAlarmOfTheirCriticalOnes_WhichCallsSomebody()
    {
        foreach (var template in templates.All.Where(template => template.Stack == "monitoring"))
        {
            var pipelines = template.OfType("AWS::CloudWatch::CompositeAlarm").ToList();
            pipelines.ShouldNotBeEmpty();
            foreach (var pipeline in pipelines)
            {
                pipeline.Text("AlarmName")!.ShouldMatch($"^pipelines-{template.Environment}-[a-z-]+-pipeline$");
                foreach (var actions in new[] { "AlarmActions", "OKActions" })
                    pipeline.At(actions)!.AsArray().Select(action => Readable.Text(action!)).ShouldHaveSingleItem().ShouldStartWith("${AlarmsTopicsCritical");
            }
            var rules = pipelines.SelectMany(pipeline => Readable.Text(pipeline.At("AlarmRule")!).Split(" OR ")).ToList();
            rules.ShouldBeUnique();
            rules.ShouldAllBe(rule => Regex.IsMatch(rule, """^ALARM\("\$\{\w+\}"\)$"""));
            rules.Count.ShouldBe(_alarms.Count(alarm => alarm.Template == template && alarm.IsCritical));
        }
    }

    [Fact]
    public void Thresholds_FollowWhatIsWatched()
    {
        foreach (var alarm in _alarms.Where(alarm => alarm.Metric == "GetRecords.IteratorAgeMilliseconds"))
        {
            var hours = CdkJson.Settings.Environment(alarm.Template.Environment).Stream.RetentionHours;
            alarm.Threshold.ShouldBe(hours * 3_600_000.0 * (alarm.IsCritical ? 0.5 : 0.25), alarm.Name);
        }
        foreach (var alarm in _alarms.Where(alarm => alarm.Metric == "DeliveryToS3.DataFreshness"))
            alarm.Threshold.ShouldBe(CdkJson.Settings.Environment(alarm.Template.Environment).Delivery.BufferSeconds * 5, alarm.Name);
        foreach (var alarm in _alarms.Where(alarm => alarm.Metric == "glue.driver.aggregate.elapsedTime"))
        {
            var minutes = CdkJson.Settings.Environment(alarm.Template.Environment).Etl.TimeoutMinutes;
            (alarm.Threshold, alarm.Period).ShouldBe((minutes * 60_000 * 0.8, minutes * 60), alarm.Name);
        }
    }

    // A resource that nobody watches is how an environment fails unheard.
    [Fact]
    public void Everything_ThatCanBeWatched_Is()
    {
        foreach (var environment in Templates.Environments)
        {
            var watched = string.Join('\n', _alarms.Where(alarm => alarm.Template.Environment == environment).Select(alarm => alarm.Resource.ToString()));
            foreach (var resource in templates.All.Where(template => template.Environment == environment).SelectMany(template => template.Resources))
            {
                var name = resource.Type switch
                {
                    "AWS::Kinesis::Stream" or "AWS::KinesisFirehose::DeliveryStream" or "AWS::RDS::DBInstance" or "AWS::Lambda::Function" => $":ExportsOutputRef{resource.Id}",
                    "AWS::DMS::ReplicationTask" => resource.Text("ReplicationTaskIdentifier"),
                    "AWS::DMS::ReplicationInstance" => resource.Text("ReplicationInstanceIdentifier"),
                    "AWS::Glue::Job" => resource.Text("Name"),
                    "AWS::IoT::TopicRule" => resource.Text("RuleName"),
                    _ => null,
                };
                if (name is not null)
                    watched.ShouldContain(name, Case.Sensitive, $"{resource.StackName}/{resource.Id} has no alarm.");
            }
        }
    }

    [Fact]
    public void Events_ThatAreCounted_AreKept_AndCanBeMatched()
    {
        foreach (var rule in templates.OfType("AWS::Events::Rule").Where(rule => rule.StackName.EndsWith("-monitoring", StringComparison.Ordinal)))
        {
            Readable.Text(rule.At("Targets.0.Arn")!).ShouldContain(":log-group:${AlarmsEventsLog", Case.Sensitive, rule.Id);
            _alarms.Count(alarm => alarm.Resource.ToString().Contains($"${{{rule.Id}}}", StringComparison.Ordinal) && alarm.Template.StackName == rule.StackName).ShouldBe(1, rule.Id);
        }
    }

    [Fact]
    public void Topics_AreEncrypted_ByAKeyThatTheSendersMayUse()
    {
        foreach (var template in templates.All.Where(template => template.Stack == "monitoring"))
        {
            template.OfType("AWS::SNS::Topic").ShouldAllBe(topic => Readable.Text(topic.At("KmsMasterKeyId")!).Contains("DataKey", StringComparison.Ordinal));
            var key = templates[template.Environment, "storage"].Single("AWS::KMS::Key", "DataKey").ToString();
            foreach (var service in new[] { "cloudwatch.amazonaws.com", "events.amazonaws.com", "budgets.amazonaws.com" })
            {
                template.OfType("AWS::SNS::TopicPolicy").ShouldContain(policy => policy.ToString().Contains(service, StringComparison.Ordinal));
                key.ShouldContain(service);
            }
        }
    }

    [Fact]
    public void Dashboards_ShowEveryAlarmedMetric_ByPipeline_AndAnOverview()
    {
        foreach (var template in templates.All.Where(template => template.Stack == "monitoring"))
        {
            var pipelines = CdkJson.Settings.Environment(template.Environment).Pipelines.Select(pipeline => $"pipelines-{template.Environment}-{pipeline}");
            string[] lake = CdkJson.Settings.Environment(template.Environment).Etl.Enabled ? [$"pipelines-{template.Environment}-lake"] : [];
            template.OfType("AWS::CloudWatch::Dashboard").Select(dashboard => dashboard.Text("DashboardName")!)
                .ShouldBe([.. pipelines, .. lake, $"pipelines-{template.Environment}-overview"], ignoreOrder: true);
            var bodies = string.Concat(template.OfType("AWS::CloudWatch::Dashboard").Select(dashboard => Readable.Text(dashboard.At("DashboardBody")!)));
            _alarms.Where(alarm => alarm.Template == template).ShouldAllBe(alarm => bodies.Contains($"\"{alarm.Metric}\"", StringComparison.Ordinal));
        }
    }
}
