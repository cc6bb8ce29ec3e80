using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.SecretsManager;

public sealed class SecretTests : IAsyncLifetime
{
    private const string First = "11111111-1111-1111-1111-111111111111";
    private const string Second = "22222222-2222-2222-2222-222222222222";

    private readonly TestCloud _cloud = new() { DataDirectory = Directory.CreateTempSubdirectory("secrets-").FullName };

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_cloud.DataDirectory!, recursive: true);
    }

    [Fact]
    public async Task Secret_ByNameAndByArn_GivesItsValue()
    {
        var arn = await CreateAsync("""{"Name":"team/database","SecretString":"top","Tags":[{"Key":"team","Value":"film"}]}""");
        arn.ShouldMatch("^arn:aws:secretsmanager:eu-west-1:000000000000:secret:team/database-[A-Za-z0-9]{6}$");
        foreach (var id in new[] { "team/database", arn, arn[..^7] })
            (await ValueAsync(id)).ShouldBe("top");
        (await ErrorAsync("GetSecretValue", """{"SecretId":"team/data"}"""))
            .ShouldBe("ResourceNotFoundException: Secrets Manager can't find the specified secret.");
        (await ErrorAsync("CreateSecret", """{"Name":"team/database","SecretString":"x"}"""))
            .ShouldBe("ResourceExistsException: The operation failed because the secret team/database already exists.");
    }

    [Fact]
    public async Task Secret_GivenANewValue_KeepsThePreviousOne()
    {
        await CreateAsync($$"""{"Name":"a","SecretString":"one","ClientRequestToken":"{{First}}"}""");
        await CallAsync("PutSecretValue", $$"""{"SecretId":"a","SecretString":"two","ClientRequestToken":"{{Second}}"}""");
        (await ValueAsync("a")).ShouldBe("two");
        (await ValueAsync("a", "AWSPREVIOUS")).ShouldBe("one");

        // The same request again changes nothing; another value under its token is refused.
        await CallAsync("PutSecretValue", $$"""{"SecretId":"a","SecretString":"two","ClientRequestToken":"{{Second}}"}""");
        (await ValueAsync("a", "AWSPREVIOUS")).ShouldBe("one");
        (await ErrorAsync("PutSecretValue", $$"""{"SecretId":"a","SecretString":"three","ClientRequestToken":"{{Second}}"}"""))
            .ShouldStartWith("ResourceExistsException: You can't use ClientRequestToken");
    }

    [Fact]
    public async Task Secret_WithAPendingValue_TakesItWhenTheLabelMoves()
    {
        await CreateAsync($$"""{"Name":"a","SecretString":"one","ClientRequestToken":"{{First}}"}""");
        await CallAsync("PutSecretValue", $$"""{"SecretId":"a","SecretString":"two","ClientRequestToken":"{{Second}}","VersionStages":["AWSPENDING"]}""");
        (await ValueAsync("a")).ShouldBe("one");
        (await ErrorAsync("UpdateSecretVersionStage", $$"""{"SecretId":"a","VersionStage":"AWSCURRENT","MoveToVersionId":"{{Second}}"}"""))
            .ShouldContain($"is currently attached to version {First}");

        await CallAsync("UpdateSecretVersionStage", $$"""{"SecretId":"a","VersionStage":"AWSCURRENT","MoveToVersionId":"{{Second}}","RemoveFromVersionId":"{{First}}"}""");
        (await ValueAsync("a")).ShouldBe("two");
        (await ValueAsync("a", "AWSPREVIOUS")).ShouldBe("one");
        (await CallAsync("DescribeSecret", """{"SecretId":"a"}"""))["VersionIdsToStages"]![Second]!.AsArray().Select(stage => stage!.GetValue<string>())
            .ShouldBe(["AWSCURRENT", "AWSPENDING"]);
    }

    [Fact]
    public async Task Secret_Deleted_CanBeRestoredUntilItsWindowEnds()
    {
        await CreateAsync("""{"Name":"a","SecretString":"one"}""");
        await CallAsync("DeleteSecret", """{"SecretId":"a","RecoveryWindowInDays":7}""");
        (await ErrorAsync("GetSecretValue", """{"SecretId":"a"}""")).ShouldStartWith("InvalidRequestException: You can't perform this operation");
        (await ErrorAsync("CreateSecret", """{"Name":"a"}""")).ShouldContain("already scheduled for deletion");
        (await CallAsync("ListSecrets", "{}"))["SecretList"]!.AsArray().ShouldBeEmpty();
        await CallAsync("RestoreSecret", """{"SecretId":"a"}""");
        (await ValueAsync("a")).ShouldBe("one");

        await CallAsync("DeleteSecret", """{"SecretId":"a","RecoveryWindowInDays":7}""");
        await _cloud.AdvanceAsync(TimeSpan.FromDays(6));
        await CallAsync("DescribeSecret", """{"SecretId":"a"}""");
        await _cloud.AdvanceAsync(TimeSpan.FromDays(1));
        (await ErrorAsync("DescribeSecret", """{"SecretId":"a"}""")).ShouldStartWith("ResourceNotFoundException");
    }

    [Theory]
    [InlineData("""{"SecretId":"a","RecoveryWindowInDays":6}""", "InvalidParameterException")]
    [InlineData("""{"SecretId":"a","RecoveryWindowInDays":7,"ForceDeleteWithoutRecovery":true}""", "InvalidParameterException")]
    [InlineData("""{"SecretId":"b"}""", "ResourceNotFoundException")]
    public async Task Deletion_ThatMakesNoSense_IsRefused(string request, string error)
    {
        await CreateAsync("""{"Name":"a","SecretString":"one"}""");
        (await ErrorAsync("DeleteSecret", request)).ShouldStartWith(error);
        (await ValueAsync("a")).ShouldBe("one");
    }

    [Fact]
    public async Task Secret_AfterARestart_IsThereAndNowhereInClearText()
    {
        var key = (await _cloud.JsonAsync("TrentService.CreateKey", "{}"))["KeyMetadata"]!["KeyId"]!.GetValue<string>();
        await CreateAsync($$"""{"Name":"a","SecretString":"hunter-two","KmsKeyId":"{{key}}"}""");
        await _cloud.RestartAsync();
        (await ValueAsync("a")).ShouldBe("hunter-two");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_cloud.DataDirectory!, "state"), "*.json", SearchOption.AllDirectories))
            (await File.ReadAllTextAsync(file)).ShouldNotContain("hunter-two");

        await _cloud.JsonAsync("TrentService.DisableKey", $$"""{"KeyId":"{{key}}"}""");
        (await ErrorAsync("GetSecretValue", """{"SecretId":"a"}""")).ShouldStartWith("DecryptionFailure");
    }

    [Theory]
    [InlineData("""{"PasswordLength":40}""", "^[!-~]{40}$")]
    [InlineData("""{"PasswordLength":20,"ExcludePunctuation":true,"ExcludeUppercase":true}""", "^(?=.*[a-z])(?=.*[0-9])[a-z0-9]{20}$")]
    [InlineData("""{"ExcludeCharacters":"/@\" '","ExcludeNumbers":true}""", "^[^/@\" '0-9]{32}$")]
    [InlineData("""{"PasswordLength":4}""", "^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^a-zA-Z0-9]).{4}$")]
    public async Task RandomPassword_ByRules_KeepsToThem(string rules, string pattern) =>
        (await CallAsync("GetRandomPassword", rules))["RandomPassword"]!.GetValue<string>().ShouldMatch(pattern);

    [Fact]
    public async Task Operation_ThatIsMissing_IsRefusedByName() =>
        (await ErrorAsync("ReplicateSecretToRegions", """{"SecretId":"a"}""")).ShouldBe("NotImplementedByLocalCloud: The operation ReplicateSecretToRegions of Secrets Manager is not supported by the local cloud.");

    private async Task<string> CreateAsync(string request) => (await CallAsync("CreateSecret", request))["ARN"]!.GetValue<string>();

    private async Task<string> ValueAsync(string id, string stage = "AWSCURRENT") =>
        (await CallAsync("GetSecretValue", $$"""{"SecretId":"{{id}}","VersionStage":"{{stage}}"}"""))["SecretString"]!.GetValue<string>();

    private Task<JsonNode> CallAsync(string operation, string request) => _cloud.JsonAsync($"secretsmanager.{operation}", request);

    private Task<string> ErrorAsync(string operation, string request) => _cloud.JsonErrorAsync($"secretsmanager.{operation}", request);
}
