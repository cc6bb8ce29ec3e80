using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Alarms;

/// <summary>An alarm of a template, with the words that its description ends with.</summary>
internal sealed record Alarm(Template Template, Resource Resource)
{
    public string Name => Resource.Text("AlarmName")!;

    /// <summary>Without the environment, which all begin with.</summary>
    public string Subject => Name[$"pipelines-{Template.Environment}-".Length..];

    public string Metric => Resource.Text("MetricName")!;

    public string Namespace => Resource.Text("Namespace")!;

    public IReadOnlyList<string> Dimensions => [.. Resource.At("Dimensions")!.AsArray().Select(dimension => (string)dimension![nameof(Name)]!)];

    public double Threshold => (double)Resource.At("Threshold")!;

    public int Period => (int)Resource.At("Period")!;

    public int Periods => (int)Resource.At("EvaluationPeriods")!;

    public int ToAlarm => (int)Resource.At("DatapointsToAlarm")!;

    public string Why => Resource.Text("AlarmDescription")!.Split(" Runbook: ")[0];

    /// <summary><c>docs/runbooks/stream.md#put-failed</c>.</summary>
    public string Runbook => Resource.Text("AlarmDescription")!.Split(" Runbook: ")[1];

    /// <summary><c>stream#put-failed</c>.</summary>
    public string Kind => Runbook.Replace("docs/runbooks/", "", StringComparison.Ordinal).Replace(".md", "", StringComparison.Ordinal);

    public bool IsCritical => Template.OfType("AWS::CloudWatch::CompositeAlarm").Any(composite => Readable.Text(composite.At("AlarmRule")!).Contains($"${{{Resource.Id}}}", StringComparison.Ordinal));

    public static IEnumerable<Alarm> Of(Templates templates) => templates.All.OrderBy(template => Templates.Environments.ToList().IndexOf(template.Environment)).SelectMany(template => template.OfType("AWS::CloudWatch::Alarm").Select(resource => new Alarm(template, resource)));

    public override string ToString() => Name;
}
