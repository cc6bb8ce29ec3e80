using System.Text.Json;
using System.Xml.Linq;
using PipelineStacks.Cli.Output;
using PipelineStacks.Cli.Verify;

namespace PipelineStacks.Cli.Tests.Verify;

public sealed class VerifyReportTests
{
    private const string Reason = "landing has 100 of 100, clean 0 of 100: job pipelines-qa-clean-film-events FAILED: column \"<a>\" & \u0000 not found";

    private static VerifyReport Report { get; } = new(
        "qa", "20261120093000-1f2e3d", new DateTimeOffset(2026, 11, 20, 9, 30, 0, TimeSpan.Zero), 61.5,
        [
            new("film-events", "landing", "100", "100", 60.25, StepStatus.Passed, null),
            new("film-events", "clean", "100", "0", 1.125, StepStatus.Failed, Reason),
            new("film-events", "curated", "", "", 0, StepStatus.Skipped, "the zone before lacks the records"),
            new("sakila", "replication", "running", "running", 0.125, StepStatus.Passed, null),
        ],
        ["the changes of 6 rows"]);

    [Fact]
    public void JUnit_OfEveryOutcome_IsValidAndCounts()
    {
        var root = XDocument.Parse(JUnitReport.Write(Report)).Root!;
        root.Name.LocalName.ShouldBe("testsuites");
        Counts(root).ShouldBe((4, 1, 1, "61.500"));
        var suites = root.Elements("testsuite").ToList();
        suites.Select(suite => (string)suite.Attribute("name")!).ShouldBe(["qa film-events", "qa sakila"]);
        suites.Select(Counts).ShouldBe([(3, 1, 1, "61.375"), (1, 0, 0, "0.125")]);
        ((string)suites[0].Attribute("timestamp")!).ShouldBe("2026-11-20T09:30:00");

        var cases = suites[0].Elements("testcase").ToList();
        cases.Select(one => (string)one.Attribute("name")!).ShouldBe(["landing", "clean", "curated"]);
        cases.ShouldAllBe(one => (string)one.Attribute("classname")! == "pipelines.qa.film-events");
        cases[0].HasElements.ShouldBeFalse();
        // What XML can't hold is shown as unreadable.
        ((string)cases[1].Element("failure")!.Attribute("message")!).ShouldBe(Reason.Replace('\0', '\uFFFD'));
        cases[1].Element("failure")!.Value.ShouldStartWith("expected 100, found 0: landing has 100 of 100");
        ((string)cases[2].Element("skipped")!.Attribute("message")!).ShouldBe("the zone before lacks the records");
    }

    [Fact]
    public void Json_OfAReport_HasEveryStepAndTheVerdict()
    {
        var json = JsonDocument.Parse(Report.ToJson()).RootElement;
        json.GetProperty("passed").GetBoolean().ShouldBeFalse();
        json.GetProperty("run").GetString().ShouldBe("20261120093000-1f2e3d");
        json.GetProperty("failures").EnumerateArray().Single().GetProperty("message").GetString().ShouldBe(Reason);
        var steps = json.GetProperty("steps").EnumerateArray().ToList();
        steps.Select(step => step.GetProperty("status").GetString()).ShouldBe(["passed", "failed", "skipped", "passed"]);
        steps[1].GetProperty("seconds").GetDouble().ShouldBe(1.125);
        json.GetProperty("stays")[0].GetString().ShouldBe("the changes of 6 rows");
    }

    [Fact]
    public void Table_OfAReport_EndsInWhereTheDataStopped()
    {
        var (output, error) = Write(Report);
        var lines = output.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        lines.ShouldContain(line => line.Contains("film-events", StringComparison.Ordinal) && line.Contains("│ 60.3", StringComparison.Ordinal));
        lines[^1].ShouldBe($"film-events, clean: {Reason}");
        error.ReplaceLineEndings("\n").ShouldBe("Stays: the changes of 6 rows.\nqa does NOT pass: 1 of 4 steps failed, run 20261120093000-1f2e3d.\n");
    }

    [Fact]
    public void Report_WithoutFailures_Passes()
    {
        var report = Report with { Steps = [.. Report.Steps.Where(step => step.Status != StepStatus.Failed)], Stays = [] };
        report.Passed.ShouldBeTrue();
        Write(report).Error.TrimEnd().ShouldBe("qa passes: 2 steps passed, 1 skipped, run 20261120093000-1f2e3d.");
    }

    private static (int Tests, int Failures, int Skipped, string Time) Counts(XElement element) =>
        ((int)element.Attribute("tests")!, (int)element.Attribute("failures")!, (int)element.Attribute("skipped")!, (string)element.Attribute("time")!);

    private static (string Output, string Error) Write(VerifyReport report)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        report.Write(new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false));
        return (output.ToString(), error.ToString());
    }
}
