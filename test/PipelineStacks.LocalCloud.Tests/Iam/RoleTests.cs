using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Tests.Iam;

public sealed class RoleTests : IAsyncLifetime
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";

    private readonly TestCloud _cloud = new();

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Role_CreatedAndRead_IsTheSame()
    {
        await CreateAsync("r1");
        var role = (await _cloud.QueryAsync("iam", "GetRole", ("RoleName", "r1"))).Element("GetRoleResult")!.Element("Role")!;
        role.Element("Arn")!.Value.ShouldBe("arn:aws:iam::000000000000:role/service/r1");
        role.Element("CreateDate")!.Value.ShouldBe("2026-11-20T09:00:00.000Z");
        Uri.UnescapeDataString(role.Element("AssumeRolePolicyDocument")!.Value).ShouldBe(Trust);
        role.Element("MaxSessionDuration")!.Value.ShouldBe("3600");
        role.Element("RoleId")!.Value.ShouldMatch("^AROA[A-Z2-7]{17}$");
        role.Element("Tags")!.Element("member")!.Element("Key")!.Value.ShouldBe("team");
    }

    [Fact]
    public async Task Role_OfANameThatIsTaken_IsRefused()
    {
        await CreateAsync("r1");
        (await _cloud.QueryErrorAsync("iam", "CreateRole", ("RoleName", "r1"), ("AssumeRolePolicyDocument", Trust)))
            .ShouldBe("EntityAlreadyExists: Role with name r1 already exists.");
    }

    [Theory]
    [InlineData("a b", "ValidationError: 1 validation error detected: Value 'a b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+")]
    public async Task Role_OfAnImpossibleName_IsRefused(string name, string error) =>
        (await _cloud.QueryErrorAsync("iam", "CreateRole", ("RoleName", name), ("AssumeRolePolicyDocument", Trust))).ShouldBe(error);

    [Fact]
    public async Task Role_WithPolicies_CannotBeDeletedBeforeThem()
    {
        await CreateAsync("r1");
        await _cloud.QueryAsync("iam", "PutRolePolicy", ("RoleName", "r1"), ("PolicyName", "p"), ("PolicyDocument", Policy));
        await _cloud.QueryAsync("iam", "AttachRolePolicy", ("RoleName", "r1"), ("PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"));

        (await DeleteErrorAsync()).ShouldBe("DeleteConflict: Cannot delete entity, must delete policies first.");
        await _cloud.QueryAsync("iam", "DeleteRolePolicy", ("RoleName", "r1"), ("PolicyName", "p"));
        (await DeleteErrorAsync()).ShouldBe("DeleteConflict: Cannot delete entity, must detach all policies first.");
        await _cloud.QueryAsync("iam", "DetachRolePolicy", ("RoleName", "r1"), ("PolicyArn", "arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole"));
        await _cloud.QueryAsync("iam", "DeleteRole", ("RoleName", "r1"));
        (await DeleteErrorAsync()).ShouldBe("NoSuchEntity: The role with name r1 cannot be found.");

        Task<string> DeleteErrorAsync() => _cloud.QueryErrorAsync("iam", "DeleteRole", ("RoleName", "r1"));
    }

    [Fact]
    public async Task ManagedPolicy_ThroughItsVersions_KeepsTheDefaultOne()
    {
        const string arn = "arn:aws:iam::000000000000:policy/p";
        await _cloud.QueryAsync("iam", "CreatePolicy", ("PolicyName", "p"), ("PolicyDocument", Policy));
        await _cloud.QueryAsync("iam", "CreatePolicyVersion", ("PolicyArn", arn), ("PolicyDocument", Policy.Replace("s3", "glue")), ("SetAsDefault", "true"));
        (await DefaultAsync()).ShouldBe("v2");
        (await _cloud.QueryErrorAsync("iam", "DeletePolicyVersion", ("PolicyArn", arn), ("VersionId", "v2")))
            .ShouldBe("DeleteConflict: Cannot delete the default version of a policy.");
        await _cloud.QueryAsync("iam", "SetDefaultPolicyVersion", ("PolicyArn", arn), ("VersionId", "v1"));
        (await DefaultAsync()).ShouldBe("v1");
        var version = await _cloud.QueryAsync("iam", "GetPolicyVersion", ("PolicyArn", arn), ("VersionId", "v2"));
        Uri.UnescapeDataString(version.Descendants("Document").Single().Value).ShouldContain("glue:*");

        async Task<string> DefaultAsync() => (await _cloud.QueryAsync("iam", "GetPolicy", ("PolicyArn", arn))).Descendants("DefaultVersionId").Single().Value;
    }

    [Fact]
    public async Task RoleInATemplate_CreatedUpdatedAndDeleted_CarriesItsPolicies()
    {
        const string type = "AWS::IAM::Role";
        var before = JsonNode.Parse($$"""
            {"AssumeRolePolicyDocument": {{Trust}}, "Policies": [{"PolicyName": "a", "PolicyDocument": {{Policy}}}],
             "ManagedPolicyArns": ["arn:aws:iam::aws:policy/A"], "Tags": [{"Key": "k", "Value": "v"}]}
            """)!.AsObject();
        var after = JsonNode.Parse($$"""
            {"AssumeRolePolicyDocument": {{Trust}}, "Policies": [{"PolicyName": "b", "PolicyDocument": {{Policy}}}], "Description": "d"}
            """)!.AsObject();
        var (provisioner, context) = (_cloud.Provisioner(type), _cloud.Context(type));

        var created = await provisioner.CreateAsync(context, before);
        created.PhysicalId.ShouldMatch("^test-Resource-[A-Z0-9]{12}$");
        created.Attributes["Arn"]!.GetValue<string>().ShouldBe($"arn:aws:iam::000000000000:role/{created.PhysicalId}");
        (await NamesAsync("ListRolePolicies", "member")).ShouldBe(["a"]);
        (await NamesAsync("ListAttachedRolePolicies", "PolicyArn")).ShouldBe(["arn:aws:iam::aws:policy/A"]);

        (await provisioner.UpdateAsync(context, created.PhysicalId, before, after)).PhysicalId.ShouldBe(created.PhysicalId);
        (await NamesAsync("ListRolePolicies", "member")).ShouldBe(["b"]);
        (await NamesAsync("ListAttachedRolePolicies", "PolicyArn")).ShouldBeEmpty();

        await provisioner.DeleteAsync(context, created.PhysicalId, after);
        (await _cloud.QueryErrorAsync("iam", "GetRole", ("RoleName", created.PhysicalId))).ShouldStartWith("NoSuchEntity");

        async Task<string[]> NamesAsync(string action, string element) =>
            [.. (await _cloud.QueryAsync("iam", action, ("RoleName", created.PhysicalId))).Descendants(element).Select(one => one.Value)];
    }

    [Fact]
    public async Task RoleInATemplate_WithABadPolicy_LeavesNothingBehind()
    {
        var error = await Should.ThrowAsync<ServiceException>(async () => await _cloud.ProvisionAsync("AWS::IAM::Role",
            $$$"""{"RoleName": "r", "AssumeRolePolicyDocument": {{{Trust}}}, "Policies": [{"PolicyName": "a", "PolicyDocument": {"Statement": [{}]}}]}"""));
        error.Code.ShouldBe("MalformedPolicyDocument");
        (await _cloud.QueryAsync("iam", "ListRoles")).Descendants("RoleName").ShouldBeEmpty();
    }

    [Fact]
    public async Task PolicyInATemplate_OfSeveralRoles_IsInEach()
    {
        await CreateAsync("r1");
        await CreateAsync("r2");
        var (provisioner, context) = (_cloud.Provisioner("AWS::IAM::Policy"), _cloud.Context("AWS::IAM::Policy"));
        var before = JsonNode.Parse($$"""{"PolicyName": "p", "PolicyDocument": {{Policy}}, "Roles": ["r1", "r2"]}""")!.AsObject();
        var after = JsonNode.Parse($$"""{"PolicyName": "p", "PolicyDocument": {{Policy}}, "Roles": ["r2"]}""")!.AsObject();

        var created = await provisioner.CreateAsync(context, before);
        await provisioner.UpdateAsync(context, created.PhysicalId, before, after);
        (await CountAsync("r1"), await CountAsync("r2")).ShouldBe((0, 1));
        await provisioner.DeleteAsync(context, created.PhysicalId, after);
        (await CountAsync("r2")).ShouldBe(0);

        async Task<int> CountAsync(string role) => (await _cloud.QueryAsync("iam", "ListRolePolicies", ("RoleName", role))).Descendants("member").Count();
    }

    private async Task CreateAsync(string name) => await _cloud.QueryAsync("iam", "CreateRole",
        ("RoleName", name), ("Path", "/service/"), ("AssumeRolePolicyDocument", Trust), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "data"));
}
