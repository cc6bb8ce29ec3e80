using System.Text.RegularExpressions;
using PipelineStacks.Tests.Findings;

namespace PipelineStacks.Tests.Delivery;

[Collection(DeliveryTests.Name)]
public sealed class DeliveryFindingTests(DeliveryTemplates templates)
{
    /// <summary>Findings that were looked at and stay, by regular expressions for rule and resource. One that is no longer found must go.</summary>
    private static readonly (string Rule, string Resource, string Reason)[] Explained =
    [
        (@"IAM5\[Action::(s3|kms):", "^Promotion", "The CDK grants actions on artifacts by families such as s3:GetObject*; they are bound to the one bucket and its key."),
        (@"IAM5\[Resource::<ArtifactsBucket\w+\.Arn>/", "^Promotion", "Names of artifacts, reports and assemblies are chosen as they are made; the bucket holds nothing else."),
        (@"IAM5\[Resource::arn:aws:(logs|codebuild):[^*]+(<Promotion\w+>|/\*)", "^Promotion",
            "CodeBuild makes log streams and report groups under a project's name; the role for publishing comes before its projects and knows no names yet."),
        (@"IAM5\[Resource::arn:\*:iam::111111111111:role/\*\]", "SelfMutation", "A condition leaves only the roles that the bootstrap has tagged for deploying and publishing."),
        (@"IAM5\[Resource::\*\]", "SelfMutation", "cdk deploy looks for the bootstrap's stack and bucket before it knows their names; it may only describe and list."),
        (@"IAM5\[Resource::\*\]", "AssetsFileRole", "The role for publishing comes before its projects; it may only start builds and watch them, in the delivery's own account."),
        (@"IAM5\[Resource::\*\]", "^DeliveryRole", "The describing calls of DMS and CloudWatch know no narrower resource."),
        (@"IAM5\[Resource::arn:aws:(cloudformation|kinesis|firehose|lambda|dms|glue):", "^DeliveryRole",
            "CloudFormation ends names by letters of its own; each wildcard follows the name of a stack, or of a database, of the one environment."),
        (@"IAM5\[Resource::arn:aws:iot:[^*]+/verify-\*/", "^DeliveryRole", "Each run of verify publishes as a device of its own, whose name begins like this."),
        (@"IAM5\[Resource::pipelines-(qa|prod)-storage:", "^DeliveryRole", "Names of data files are chosen by what writes them; the buckets are those of the one environment."),
        ("^W3005", "^PromotionPipeline", "The CDK's construct for pipelines adds the dependency on the role; it says what CloudFormation knows, and does no harm."),
    ];

    [Fact]
    public async Task Delivery_HasNoFinding_ThatIsNotExplained()
    {
        var findings = await TemplateFindings.OfAsync(templates.All.Select(template => template.Path));

        findings.Where(finding => !Explained.Any(explained => Explains(explained, finding))).Select(finding => finding.ToString()).ShouldBeEmpty();
        Explained.Where(explained => !findings.Any(finding => Explains(explained, finding)))
            .ShouldBeEmpty("An explanation without a finding: the reason is gone, so let it go as well.");
    }

    private static bool Explains((string Rule, string Resource, string Reason) explained, Finding finding) =>
        Regex.IsMatch(finding.Rule, explained.Rule) && Regex.IsMatch(finding.Resource, explained.Resource);
}
