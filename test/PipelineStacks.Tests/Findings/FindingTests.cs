using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Findings;

[Collection(TemplateTests.Name)]
public sealed class FindingTests(Templates templates)
{
    [Fact]
    public async Task Templates_HaveNoFinding_ThatIsNotExplained()
    {
        var findings = await TemplateFindings.OfAsync(templates.All.Select(template => template.Path));

        findings.Where(finding => !ExplainedFindings.All.Any(explained => Explains(explained, finding))).Select(finding => finding.ToString())
            .ShouldBeEmpty();
        ExplainedFindings.All.Where(explained => !findings.Any(finding => Explains(explained, finding)))
            .ShouldBeEmpty("An explanation without a finding: the reason is gone, so let it go as well.");
    }

    [Fact]
    public async Task Tools_FindWhatIsWrong_InATemplateMadeWrong()
    {
        var path = Path.Combine(TemporaryFolder.New(), "wrong.template.json");
        await File.WriteAllTextAsync(path, """{"Resources":{"Open":{"Type":"AWS::S3::Bucket","Properties":{"BucketNam":"x"}}}}""");

        var findings = await TemplateFindings.OfAsync([path]);

        findings.ShouldContain(finding =>
            finding.Tool == "cloudformation-validate" && finding.Resource == "Open" && finding.Message.Contains("BucketNam", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.Tool == "cdk-nag" && finding.Resource == "Open" && finding.Rule == "AwsSolutions-S1");
    }

    private static bool Explains(ExplainedFinding explained, Finding finding) =>
        finding.Rule.Split('[')[0] == explained.Rule && finding.Resource.Contains(explained.Resource, StringComparison.Ordinal);
}
