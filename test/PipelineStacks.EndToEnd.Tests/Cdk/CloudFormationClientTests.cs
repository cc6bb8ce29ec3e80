using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Cdk;

/// <summary>awscli and boto3 against CloudFormation, with their parsers and waiters.</summary>
public sealed class CloudFormationClientTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    private const string Template = """
        Parameters:
          Level: {Type: String, Default: one, Description: how high}
        Resources:
          First: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Sub '${Level} of ${AWS::StackName}'}}
        Outputs:
          First: {Value: !GetAtt First.Value}
        """;

    [Fact]
    public async Task AwsCli_StackFromYaml_IsShownByEveryCommand()
    {
        (await cloud.AwsAsync("cloudformation", "create-stack", "--stack-name", "shown", "--template-body", Template)).Succeeded();
        (await cloud.AwsAsync("cloudformation", "wait", "stack-create-complete", "--stack-name", "shown")).Succeeded();
        (await TextAsync("describe-stacks", "--stack-name", "shown", "--query", "Stacks[0].Outputs[0].OutputValue")).ShouldBe("one of shown");
        (await TextAsync("list-stacks", "--stack-status-filter", "CREATE_COMPLETE", "--query", "StackSummaries[?StackName=='shown'].StackStatus")).ShouldBe("CREATE_COMPLETE");
        (await TextAsync("describe-stack-events", "--stack-name", "shown", "--query", "length(StackEvents)")).ShouldBe("5");
        (await TextAsync("describe-stack-resources", "--stack-name", "shown", "--query", "StackResources[0].ResourceType")).ShouldBe("AWS::SSM::Parameter");
        (await TextAsync("describe-stack-resource", "--stack-name", "shown", "--logical-resource-id", "First", "--query", "StackResourceDetail.ResourceStatus"))
            .ShouldBe("CREATE_COMPLETE");
        (await TextAsync("list-stack-resources", "--stack-name", "shown", "--query", "StackResourceSummaries[0].LogicalResourceId")).ShouldBe("First");
        (await cloud.AwsAsync("cloudformation", "get-template", "--stack-name", "shown", "--output", "text", "--query", "TemplateBody")).Succeeded()
            .ShouldContain("!Sub '${Level} of ${AWS::StackName}'");
        (await TextAsync("get-template-summary", "--stack-name", "shown", "--query", "Parameters[0].DefaultValue")).ShouldBe("one");
        (await TextAsync("validate-template", "--template-body", Template, "--query", "Parameters[0].Description")).ShouldBe("how high");
        (await cloud.AwsAsync("cloudformation", "delete-stack", "--stack-name", "shown")).Succeeded();
        (await cloud.AwsAsync("cloudformation", "wait", "stack-delete-complete", "--stack-name", "shown")).Succeeded();
    }

    [Fact]
    public async Task AwsCli_Deploy_CreatesAndUpdatesThroughChangeSets()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Template);
        (await cloud.AwsAsync("cloudformation", "deploy", "--stack-name", "deployed", "--template-file", file)).Succeeded();
        (await cloud.AwsAsync("cloudformation", "deploy", "--stack-name", "deployed", "--template-file", file, "--parameter-overrides", "Level=two")).Succeeded();
        (await TextAsync("describe-stacks", "--stack-name", "deployed", "--query", "Stacks[0].Outputs[0].OutputValue")).ShouldBe("two of deployed");
        (await cloud.AwsAsync("cloudformation", "deploy", "--stack-name", "deployed", "--template-file", file, "--no-fail-on-empty-changeset")).Succeeded()
            .ShouldContain("No changes to deploy");
        File.Delete(file);
    }

    [Fact]
    public async Task Boto3_TemplateInS3_IsReadFromThere()
    {
        (await cloud.PythonAsync($"""
            s3, cfn = client("s3"), client("cloudformation")
            s3.create_bucket(Bucket="templates", CreateBucketConfiguration=dict(LocationConstraint="eu-west-1"))
            s3.put_object(Bucket="templates", Key="a/t.yaml", Body='''{Template}''')
            cfn.create_stack(StackName="from-s3", TemplateURL="https://templates.s3.eu-west-1.amazonaws.com/a/t.yaml", Tags=[])
            cfn.get_waiter("stack_create_complete").wait(StackName="from-s3")
            stack = cfn.describe_stacks(StackName="from-s3")["Stacks"][0]
            assert stack["Outputs"][0]["OutputValue"] == "one of from-s3", stack
            assert stack["Tags"] == [] and stack["CreationTime"].tzinfo is not None, stack
            try:
                cfn.update_stack(StackName="from-s3", UsePreviousTemplate=True)
                raise SystemExit("no error")
            except cfn.exceptions.ClientError as e:
                assert e.response["Error"]["Message"] == "No updates are to be performed.", e
            try:
                cfn.describe_change_set(StackName="from-s3", ChangeSetName="none")
                raise SystemExit("no error")
            except cfn.exceptions.ChangeSetNotFoundException:
                pass
            events = [e for page in cfn.get_paginator("describe_stack_events").paginate(StackName="from-s3") for e in page["StackEvents"]]
            assert len(events) == 5, events
            """.Replace("\n            ", "\n", StringComparison.Ordinal))).Succeeded();
    }

    private async Task<string> TextAsync(string command, params string[] arguments) =>
        (await cloud.AwsAsync(["cloudformation", command, .. arguments, "--output", "text"])).Succeeded().Trim();
}
