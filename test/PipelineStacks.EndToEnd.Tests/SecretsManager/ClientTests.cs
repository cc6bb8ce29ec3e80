using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.SecretsManager;

/// <summary>Secrets Manager by the clients that people use.</summary>
public sealed class ClientTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    [Fact]
    public async Task Awscli_CreatesReadsAndDeletesASecret()
    {
        await AwsAsync("create-secret", "--name", "cli", "--secret-string", """{"username":"dms","password":"p"}""");
        (await AwsAsync("get-secret-value", "--secret-id", "cli", "--query", "SecretString", "--output", "text")).Trim().ShouldBe("""{"username":"dms","password":"p"}""");
        await AwsAsync("tag-resource", "--secret-id", "cli", "--tags", "Key=team,Value=data");
        (await AwsAsync("list-secrets", "--filters", "Key=tag-key,Values=team", "--query", "SecretList[].Name", "--output", "text")).Trim().ShouldBe("cli");
        await AwsAsync("delete-secret", "--secret-id", "cli", "--recovery-window-in-days", "7");
        (await cloud.AwsAsync("secretsmanager", "get-secret-value", "--secret-id", "cli")).Error
            .ShouldContain("(InvalidRequestException) when calling the GetSecretValue operation");
        await AwsAsync("restore-secret", "--secret-id", "cli");
        (await AwsAsync("get-random-password", "--password-length", "16", "--query", "length(RandomPassword)")).Trim().ShouldBe("16");
    }

    [Fact]
    public async Task Boto3_RotatesByHand()
    {
        var output = (await cloud.PythonAsync("""
            s = client("secretsmanager")
            arn = s.create_secret(Name="boto", SecretBinary=b"\x00\xff")["ARN"]
            assert s.get_secret_value(SecretId=arn)["SecretBinary"] == b"\x00\xff"
            old = s.put_secret_value(SecretId="boto", SecretString="one")["VersionId"]
            new = s.put_secret_value(SecretId="boto", SecretString="two", VersionStages=["AWSPENDING"])["VersionId"]
            s.update_secret_version_stage(SecretId="boto", VersionStage="AWSCURRENT", MoveToVersionId=new, RemoveFromVersionId=old)
            print(s.get_secret_value(SecretId="boto")["SecretString"], s.get_secret_value(SecretId="boto", VersionStage="AWSPREVIOUS")["SecretString"])
            print(s.describe_secret(SecretId="boto")["CreatedDate"].year >= 2026, len(s.list_secret_version_ids(SecretId="boto")["Versions"]))
            s.delete_secret(SecretId="boto", ForceDeleteWithoutRecovery=True)
            """)).Succeeded();
        output.ShouldBe("two one\nTrue 2\n");
    }

    private async Task<string> AwsAsync(params string[] arguments) => (await cloud.AwsAsync(["secretsmanager", .. arguments])).Succeeded();
}
