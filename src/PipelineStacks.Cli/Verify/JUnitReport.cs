using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace PipelineStacks.Cli.Verify;

/// <summary>A report as JUnit's XML, which build services show: a suite per pipeline, a case per step.</summary>
internal static class JUnitReport
{
    public static string Write(VerifyReport report)
    {
        var suites = report.Steps.GroupBy(step => step.Pipeline).Select(pipeline => Counted(
            new XElement("testsuite", new XAttribute("name", $"{report.Environment} {pipeline.Key}"), new XAttribute("timestamp", report.StartedAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture))),
            [.. pipeline],
            pipeline.Select(step => Case(report, step))));
        var root = Counted(new XElement("testsuites", new XAttribute("name", $"pipelines verify {report.Environment} {report.Run}")), report.Steps, suites);
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{root}\n";
    }

    private static XElement Case(VerifyReport report, VerifyStep step) => new(
        "testcase",
        new XAttribute("classname", $"pipelines.{report.Environment}.{step.Pipeline}"),
        new XAttribute("name", step.Name),
        new XAttribute("time", Seconds(step.Seconds)),
        step.Status switch
        {
            StepStatus.Failed => new XElement("failure", new XAttribute("message", Text(step.Message)), Text($"expected {step.Expected}, found {step.Found}: {step.Message}")),
            StepStatus.Skipped => new XElement("skipped", new XAttribute("message", Text(step.Message))),
            _ => null,
        });

    private static XElement Counted(XElement element, IReadOnlyList<VerifyStep> steps, IEnumerable<XElement> children)
    {
        element.Add(
            new XAttribute("tests", steps.Count),
            new XAttribute("failures", steps.Count(step => step.Status == StepStatus.Failed)),
            new XAttribute("errors", 0),
            new XAttribute("skipped", steps.Count(step => step.Status == StepStatus.Skipped)),
            new XAttribute("time", Seconds(steps.Sum(step => step.Seconds))),
            children);
        return element;
    }

    // A message may quote a record, and a record may hold what XML can't.
    private static string Text(string? text) => string.Concat((text ?? "").Select(letter => XmlConvert.IsXmlChar(letter) ? letter : '\uFFFD'));

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);
}
