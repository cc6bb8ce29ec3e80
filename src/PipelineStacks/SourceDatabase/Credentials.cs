using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.RDS;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using PipelineStacks.Model.Settings;
using PipelineStacks.Storage;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.SourceDatabase;

/// <summary>
/// A secret with which somebody connects to the database. Its ARN is that of the attachment where there is one: host and port are in the secret
/// only when it was attached, and who uses the ARN comes after that.
/// </summary>
/// <param name="Arn">The ARN of the secret.</param>
/// <param name="KeyArn">The key that encrypts it; null for AWS's own.</param>
public sealed record Credentials(string Arn, string? KeyArn)
{
    /// <summary>A secret of a database that exists.</summary>
    public static Credentials OfExisting(string arn, DatabaseSettings database) => new(arn, database.SecretKeyArn);

    /// <summary>What somebody needs in order to read it.</summary>
    public PolicyStatement[] ReadStatements(string sid, Construct scope)
    {
        var read = Allow($"Read{sid}", ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], Arn);
        return KeyArn is null ? [read] : [read, UseKeyVia(scope, $"Decrypt{sid}", "secretsmanager", KeyArn, "kms:Decrypt", "kms:DescribeKey")];
    }

    /// <summary>A secret for a user of that name, with a password that nobody has seen.</summary>
    internal static CfnSecret Generate(Construct scope, string id, string user, string description, EnvironmentSettings settings, DataKey key)
    {
        var secret = new CfnSecret(scope, id, new CfnSecretProps
        {
            Description = description,
            KmsKeyId = key.Key.KeyArn,
            GenerateSecretString = new CfnSecret.GenerateSecretStringProperty
            {
                SecretStringTemplate = $$"""{"username":"{{user}}"}""",
                GenerateStringKey = "password",
                // DMS takes passwords apart at some of the punctuation, and 32 letters and digits are as good.
                ExcludePunctuation = true,
                PasswordLength = 32,
            },
        });
        secret.ApplyRemovalPolicy(settings.DataRemovalPolicy());
        return secret;
    }

    /// <summary>The secret once the database's host and port are in it.</summary>
    internal static Credentials Attached(Construct scope, string id, CfnSecret secret, CfnDBInstance instance, DataKey key) => new(
        new CfnSecretTargetAttachment(scope, id, new CfnSecretTargetAttachmentProps
        {
            SecretId = secret.Ref,
            TargetId = instance.Ref,
            TargetType = "AWS::RDS::DBInstance",
        }).Ref,
        key.Key.KeyArn);
}
