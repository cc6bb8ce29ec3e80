using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Alarms;

/// <summary>docs/alarms.md is made from the templates, and docs/runbooks has a section for every alarm. Accepted with ACCEPT_SNAPSHOTS=1, never in CI.</summary>
[Collection(TemplateTests.Name)]
public sealed partial class AlarmDocumentTests(Templates templates)
{
    private static readonly string Page = RepositoryRoot.PathOf("docs", "alarms.md");

    [Fact]
    public void Page_IsWhatTheTemplatesSay()
    {
        var actual = Write([.. Alarm.Of(templates)]);
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
        {
            Environment.GetEnvironmentVariable("CI").ShouldNotBe("true", "CI compares the page; people accept it.");
            File.WriteAllText(Page, actual);
        }
        File.Exists(Page).ShouldBeTrue("docs/alarms.md is missing. Run the tests with ACCEPT_SNAPSHOTS=1.");
        File.ReadAllText(Page).ReplaceLineEndings("\n").ShouldBe(actual, "Run the tests with ACCEPT_SNAPSHOTS=1 and commit docs/alarms.md.");
    }

    [Fact]
    public void Runbooks_HaveASectionForEveryAlarm_AndNoOthers()
    {
        var kinds = Alarm.Of(templates).Select(alarm => alarm.Kind).Append("pipeline#pipeline").Distinct().Order();
        var sections = Directory.EnumerateFiles(RepositoryRoot.PathOf("docs", "runbooks"), "*.md")
            .SelectMany(file => Section().Matches(File.ReadAllText(file)).Select(section => $"{Path.GetFileNameWithoutExtension(file)}#{section.Groups[1].Value}")).Order();
        sections.ShouldBe(kinds);
    }

    [Fact]
    public void Runbooks_SayInEverySection_WhereToLookAndWhatToDo()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryRoot.PathOf("docs", "runbooks"), "*.md"))
        {
            foreach (var section in Section().Split(File.ReadAllText(file)).Skip(1).Chunk(2))
            {
                section[1].ShouldContain("**Look**", Case.Sensitive, $"{Path.GetFileName(file)}#{section[0]}");
                section[1].ShouldContain("**Do**", Case.Sensitive, $"{Path.GetFileName(file)}#{section[0]}");
            }
        }
    }

    [Fact]
    public void Proofs_NameEveryAlarm_AndNoOthers() =>
        AlarmProofs.All.Select(proof => proof.Kind).Order().ShouldBe(Alarm.Of(templates).Select(alarm => alarm.Kind).Distinct().Order());

    private static string Write(List<Alarm> alarms)
    {
        var text = new StringBuilder("# Alarms\n\n");
        text.Append("Made from the templates by their tests (`ACCEPT_SNAPSHOTS=1 scripts/test --filter AlarmDocument`). Names begin with `pipelines-<environment>-`;\nthe sentences have the numbers of the first environment that has the alarm.\n\n");
        text.Append("Every alarm mails to the topic for warnings when it fires and when it is over. The **critical** ones of a pipeline together are `…-<pipeline>-pipeline`,\n");
        text.Append("which calls somebody by the topic for critical alarms: one cause calls once, however many alarms it sets off.\n");
        foreach (var family in alarms.GroupBy(alarm => alarm.Kind.Split('#')[0]).OrderBy(family => family.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {family.Key}\n\n| alarm | fires when | thresholds | no value | | why |\n|---|---|---|---|---|---|\n");
            foreach (var alarm in family.GroupBy(alarm => alarm.Subject).OrderBy(alarm => alarm.Key, StringComparer.Ordinal))
                text.Append(Row([.. alarm]));
        }
        text.Append("\n## What proves them\n\nAn alarm that never fired in a test may never fire. These were set off by their cause, in virtual time, through the services as they are; the others say why not.\n\n");
        text.Append("| alarm | cause in the test, or why there is none |\n|---|---|\n");
        foreach (var proof in AlarmProofs.All.OrderBy(proof => proof.Kind, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"| {Link(proof.Kind)} | {(proof.IsProven ? "" : "*not by a cause*: ")}{proof.Cause} |\n");
        return text.ToString();
    }

    private static string Row(IReadOnlyList<Alarm> environments)
    {
        var alarm = environments[0];
        var missing = alarm.Resource.Text("TreatMissingData") switch { "breaching" => "fires", "notBreaching" => "is fine", _ => "INSUFFICIENT_DATA" };
        var comparison = alarm.Resource.Text("ComparisonOperator") == "LessThanThreshold" ? "<" : ">";
        var thresholds = environments.Select(one => (one.Template.Environment, Text: Threshold(one))).ToList();
        var shown = thresholds.Select(one => one.Text).Distinct().Count() == 1
            ? thresholds[0].Text
            : string.Join(", ", thresholds.Select(one => $"{one.Environment} {one.Text}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"| [{alarm.Subject}]({alarm.Runbook["docs/".Length..]}) | `{alarm.Metric}` {alarm.Resource.Text("Statistic")} {comparison}, {alarm.ToAlarm} of {alarm.Periods} × {Seconds(alarm.Period)} | {shown} | {missing} | {(alarm.IsCritical ? "**critical**" : "")} | {alarm.Why} |\n");
    }

    private static string Threshold(Alarm alarm) => ServiceMetrics.UnitOf(alarm.Metric).Unit switch
    {
        "Milliseconds" => Seconds(alarm.Threshold / 1000),
        "Seconds" => Seconds(alarm.Threshold),
        "Percent" => string.Create(CultureInfo.InvariantCulture, $"{alarm.Threshold} %"),
        "Bytes" => string.Create(CultureInfo.InvariantCulture, $"{alarm.Threshold / (1024 * 1024):0} MB"),
        _ => alarm.Threshold.ToString(CultureInfo.InvariantCulture),
    };

    private static string Seconds(double seconds) => seconds switch
    {
        >= 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.##} h"),
        >= 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.##} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
    };

    private static string Link(string kind) => $"[{kind.Replace("#", ": ", StringComparison.Ordinal)}](runbooks/{kind.Replace("#", ".md#", StringComparison.Ordinal)})";

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
