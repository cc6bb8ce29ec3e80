using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Iam;

namespace PipelineStacks.LocalCloud.Tests.Iam;

public sealed class PolicyDocumentTests
{
    [Theory]
    [InlineData("Identity", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:Get*","*"],"Resource":["arn:aws:s3:::b/*","*"]}}""")]
    [InlineData("Identity", """{"Statement":[{"Sid":"A","Effect":"Deny","NotAction":"s3:*","NotResource":"arn:aws:s3:::b","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}""")]
    [InlineData("Trust", """{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["sts:AssumeRole","sts:TagSession"]}]}""")]
    [InlineData("Resource", """{"Id":"key","Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}]}""")]
    public void Document_ThatIsWellFormed_IsTaken(string kind, string document) =>
        PolicyDocument.Check(document, Enum.Parse<PolicyKind>(kind)).ShouldBe(document);

    [Theory]
    [InlineData("Identity", "{", "This policy contains invalid Json")]
    [InlineData("Identity", "[]", "Syntax errors in policy.")]
    [InlineData("Identity", """{"Statement":[]}""", "Syntax errors in policy.")]
    [InlineData("Identity", """{"Version":"2020-01-01","Statement":[]}""", "Syntax errors in policy. The policy's Version must be 2012-10-17 or 2008-10-17.")]
    [InlineData("Identity", """{"Statement":[{"Action":"s3:*","Resource":"*"}]}""", "Missing required field Effect")]
    [InlineData("Identity", """{"Statement":[{"Effect":"allow","Action":"s3:*","Resource":"*"}]}""", "Syntax errors in policy. Effect must be Allow or Deny.")]
    [InlineData("Identity", """{"Statement":[{"Effect":"Allow","Resource":"*"}]}""", "Policy statement must contain actions.")]
    [InlineData("Identity", """{"Statement":[{"Effect":"Allow","Action":[],"Resource":"*"}]}""", "Policy statement must contain actions.")]
    [InlineData("Identity", """{"Statement":[{"Effect":"Allow","Action":"s3:*","NotAction":"s3:*","Resource":"*"}]}""", "Policy statement must contain actions.")]
    [InlineData("Identity", """{"Statement":[{"Effect":"Allow","Action":"GetObject","Resource":"*"}]}""", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")]
    [InlineData("Identity", """{"Statement":[{"Effect":"Allow","Action":"s3:*"}]}""", "Policy statement must contain resources.")]
    [InlineData("Identity", """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}]}""", "Resource bucket must be in ARN format or \"*\".")]
    [InlineData("Identity", """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}]}""", "Policy document should not specify a principal.")]
    [InlineData("Identity", """{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Colour":"red"}]}""", "Syntax errors in policy. A statement has no element Colour.")]
    [InlineData("Trust", """{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}""", "Missing required field Principal")]
    [InlineData("Trust", """{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*","Resource":"*"}]}""", "Has prohibited field Resource")]
    [InlineData("Resource", """{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}""", "Missing required field Principal")]
    public void Document_ThatIsMalformed_IsRefusedWithTheReason(string kind, string document, string reason)
    {
        var error = Should.Throw<ServiceException>(() => PolicyDocument.Check(document, Enum.Parse<PolicyKind>(kind)));
        (error.Code, error.Message).ShouldBe(("MalformedPolicyDocument", reason));
    }
}
