using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kms;

namespace PipelineStacks.LocalCloud.Tests.Kms;

public sealed class KeyTests : IAsyncLifetime
{
    private readonly TestCloud _cloud = new();

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Key_Encrypting_GivesThePlaintextBackUnderItsContextAlone()
    {
        var key = await CreateAsync();
        await _cloud.JsonAsync("TrentService.CreateAlias", $$"""{"AliasName":"alias/a","TargetKeyId":"{{key}}"}""");
        var sealedText = (await _cloud.JsonAsync("TrentService.Encrypt",
            """{"KeyId":"alias/a","Plaintext":"aGVsbG8=","EncryptionContext":{"b":"2","a":"1"}}"""))["CiphertextBlob"]!.GetValue<string>();

        var opened = await _cloud.JsonAsync("TrentService.Decrypt", $$$"""{"CiphertextBlob":"{{{sealedText}}}","EncryptionContext":{"a":"1","b":"2"}}""");
        opened["Plaintext"]!.GetValue<string>().ShouldBe("aGVsbG8=");
        opened["KeyId"]!.GetValue<string>().ShouldBe($"arn:aws:kms:eu-west-1:000000000000:key/{key}");

        (await _cloud.JsonErrorAsync("TrentService.Decrypt", $$$"""{"CiphertextBlob":"{{{sealedText}}}","EncryptionContext":{"a":"1"}}"""))
            .ShouldStartWith("InvalidCiphertextException");
        var other = await CreateAsync();
        (await _cloud.JsonErrorAsync("TrentService.Decrypt", $$$"""{"CiphertextBlob":"{{{sealedText}}}","KeyId":"{{{other}}}","EncryptionContext":{"a":"1","b":"2"}}"""))
            .ShouldStartWith("IncorrectKeyException");
    }

    [Fact]
    public void Ciphertext_WithAnyByteChanged_DoesNotOpen()
    {
        var key = new KeyState(Guid.NewGuid().ToString(), "", new byte[32], "", true, default, null, "", null, null, []);
        var plaintext = Encoding.UTF8.GetBytes("what nobody may see");
        var sealedBytes = Ciphertext.Seal(key, plaintext, null);
        Ciphertext.Open(key, sealedBytes, null).ShouldBe(plaintext);
        Prop.ForAll(Gen.Choose(17, sealedBytes.Length - 1).ToArbitrary(), at =>
        {
            var changed = sealedBytes.ToArray();
            changed[at] ^= 1;
            Should.Throw<ServiceException>(() => Ciphertext.Open(key, changed, null)).Code.ShouldBe("InvalidCiphertextException");
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("""{"KeySpec":"AES_256"}""", 32)]
    [InlineData("""{"KeySpec":"AES_128"}""", 16)]
    [InlineData("""{"NumberOfBytes":7}""", 7)]
    public async Task DataKey_OfAnySpec_DecryptsToItsPlaintext(string spec, int length)
    {
        var request = JsonNode.Parse(spec)!.AsObject();
        request["KeyId"] = await CreateAsync();
        var made = await _cloud.JsonAsync("TrentService.GenerateDataKey", request.ToJsonString());
        var opened = await _cloud.JsonAsync("TrentService.Decrypt", $$"""{"CiphertextBlob":"{{made["CiphertextBlob"]}}"}""");
        opened["Plaintext"]!.GetValue<string>().ShouldBe(made["Plaintext"]!.GetValue<string>());
        Convert.FromBase64String(opened["Plaintext"]!.GetValue<string>()).Length.ShouldBe(length);
        (await _cloud.JsonAsync("TrentService.GenerateDataKeyWithoutPlaintext", request.ToJsonString()))["Plaintext"].ShouldBeNull();
    }

    [Fact]
    public async Task Key_ScheduledForDeletion_IsUselessAtOnceAndGoneAtTheEnd()
    {
        var key = await CreateAsync();
        await _cloud.JsonAsync("TrentService.CreateAlias", $$"""{"AliasName":"alias/a","TargetKeyId":"{{key}}"}""");
        await _cloud.JsonAsync("TrentService.ScheduleKeyDeletion", $$"""{"KeyId":"{{key}}","PendingWindowInDays":7}""");
        (await _cloud.JsonErrorAsync("TrentService.Encrypt", $$"""{"KeyId":"{{key}}","Plaintext":"aGk="}""")).ShouldStartWith("KMSInvalidStateException");

        await _cloud.AdvanceAsync(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        (await StateAsync()).ShouldBe("PendingDeletion");
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await _cloud.JsonErrorAsync("TrentService.DescribeKey", $$"""{"KeyId":"{{key}}"}"""))
            .ShouldBe($"NotFoundException: Key 'arn:aws:kms:eu-west-1:000000000000:key/{key}' does not exist");
        (await _cloud.JsonAsync("TrentService.ListAliases", "{}"))["Aliases"]!.AsArray().ShouldBeEmpty();

        async Task<string> StateAsync() =>
            (await _cloud.JsonAsync("TrentService.DescribeKey", $$"""{"KeyId":"{{key}}"}"""))["KeyMetadata"]!["KeyState"]!.GetValue<string>();
    }

    [Fact]
    public async Task Key_WhoseDeletionIsCancelled_StaysAndIsDisabled()
    {
        var key = await CreateAsync();
        await _cloud.JsonAsync("TrentService.ScheduleKeyDeletion", $$"""{"KeyId":"{{key}}","PendingWindowInDays":7}""");
        await _cloud.JsonAsync("TrentService.CancelKeyDeletion", $$"""{"KeyId":"{{key}}"}""");
        await _cloud.AdvanceAsync(TimeSpan.FromDays(8));
        (await _cloud.JsonErrorAsync("TrentService.Encrypt", $$"""{"KeyId":"{{key}}","Plaintext":"aGk="}""")).ShouldStartWith("DisabledException");
        await _cloud.JsonAsync("TrentService.EnableKey", $$"""{"KeyId":"{{key}}"}""");
        await _cloud.JsonAsync("TrentService.Encrypt", $$"""{"KeyId":"{{key}}","Plaintext":"aGk="}""");
    }

    [Theory]
    [InlineData("""{"KeySpec":"RSA_2048"}""", "NotImplementedByLocalCloud: The KMS key spec RSA_2048 is not supported by the local cloud.")]
    [InlineData("""{"KeyUsage":"SIGN_VERIFY"}""", "NotImplementedByLocalCloud: The KMS key usage SIGN_VERIFY is not supported by the local cloud.")]
    [InlineData("""{"MultiRegion":true}""", "NotImplementedByLocalCloud: A multi-Region KMS key is not supported by the local cloud.")]
    [InlineData("""{"Policy":"{}"}""", "MalformedPolicyDocumentException: Syntax errors in policy.")]
    public async Task Key_OfAKindThatIsNotThere_IsRefused(string request, string error) =>
        (await _cloud.JsonErrorAsync("TrentService.CreateKey", request)).ShouldBe(error);

    [Fact]
    public async Task ManagedKey_AskedForTwice_IsOne()
    {
        var first = await IdAsync();
        (await IdAsync()).ShouldBe(first);

        async Task<string> IdAsync()
        {
            var key = (await _cloud.JsonAsync("TrentService.DescribeKey", """{"KeyId":"alias/aws/kinesis"}"""))["KeyMetadata"]!;
            key["KeyManager"]!.GetValue<string>().ShouldBe("AWS");
            return key["KeyId"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task KeyInATemplate_CreatedUpdatedAndDeleted_FollowsIt()
    {
        const string type = "AWS::KMS::Key";
        var (provisioner, context) = (_cloud.Provisioner(type), _cloud.Context(type));
        var before = JsonNode.Parse("""{"EnableKeyRotation":true,"RotationPeriodInDays":180,"Description":"a","Tags":[{"Key":"k","Value":"v"}]}""")!.AsObject();
        var after = JsonNode.Parse("""{"Description":"b","PendingWindowInDays":7}""")!.AsObject();
        var key = (await provisioner.CreateAsync(context, before)).PhysicalId;
        var rotation = await _cloud.JsonAsync("TrentService.GetKeyRotationStatus", $$"""{"KeyId":"{{key}}"}""");
        (rotation["KeyRotationEnabled"]!.GetValue<bool>(), rotation["RotationPeriodInDays"]!.GetValue<int>()).ShouldBe((true, 180));

        await provisioner.UpdateAsync(context, key, before, after);
        (await _cloud.JsonAsync("TrentService.ListResourceTags", $$"""{"KeyId":"{{key}}"}"""))["Tags"]!.AsArray().ShouldBeEmpty();
        await provisioner.DeleteAsync(context, key, after);
        await provisioner.DeleteAsync(context, key, after);
        var described = (await _cloud.JsonAsync("TrentService.DescribeKey", $$"""{"KeyId":"{{key}}"}"""))["KeyMetadata"]!;
        (described["Description"]!.GetValue<string>(), described["KeyState"]!.GetValue<string>()).ShouldBe(("b", "PendingDeletion"));
    }

    private async Task<string> CreateAsync() => (await _cloud.JsonAsync("TrentService.CreateKey", "{}"))["KeyMetadata"]!["KeyId"]!.GetValue<string>();
}
