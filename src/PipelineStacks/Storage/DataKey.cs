using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Storage;

/// <summary>What <see cref="DataKey"/> is made for.</summary>
public sealed record DataKeyProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }
}

/// <summary>
/// The key that encrypts an environment's data: buckets, streams, query results and logs. One per environment, since each costs by the month.
/// </summary>
public sealed class DataKey : Construct
{
    /// <summary>Creates the key.</summary>
    public DataKey(Construct scope, string id, DataKeyProps props)
        : base(scope, id)
    {
        Key = new Key(this, "Key", new KeyProps
        {
            Description = $"Encrypts the data of {Names.Project}-{props.Settings.Name}",
            EnableKeyRotation = true,
            RemovalPolicy = props.Settings.DataRemovalPolicy(),
        });
        new Alias(this, "Alias", new AliasProps { AliasName = new Names(props.Settings.Name).DataKeyAlias, TargetKey = Key });
        AdmitLogs(Stack.Of(this));
        AdmitAlarms(Stack.Of(this));
    }

    /// <summary>The key itself.</summary>
    public Key Key { get; }

    // CloudWatch Logs uses the key for itself and not for a role, so that only the key's own policy can admit it.
    private void AdmitLogs(Stack stack) => Key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Sid = "EncryptLogGroups",
        Principals = [new ServicePrincipal($"logs.{stack.Region}.amazonaws.com")],
        Actions =
        [
            "kms:Encrypt", "kms:Decrypt", "kms:DescribeKey",
            "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncryptFrom", "kms:ReEncryptTo",
        ],
        Resources = ["*"],
        Conditions = new Dictionary<string, object>
        {
            ["ArnLike"] = new Dictionary<string, string>
            {
                ["kms:EncryptionContext:aws:logs:arn"] = $"arn:{stack.Partition}:logs:{stack.Region}:{stack.Account}:log-group:*",
            },
        },
    }));

    // Who publishes to an encrypted topic needs the topic's key, and services publish for themselves and not for a role. EventBridge doesn't say for
    // which account it does.
    private void AdmitAlarms(Stack stack)
    {
        var own = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = stack.Account } };
        Admit("EncryptAlarms", own, "cloudwatch.amazonaws.com", "budgets.amazonaws.com");
        Admit("EncryptEvents", null, "events.amazonaws.com");

        void Admit(string sid, Dictionary<string, object>? conditions, params string[] services) => Key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = sid,
            Principals = [.. services.Select(service => new ServicePrincipal(service))],
            Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
            Resources = ["*"],
            Conditions = conditions,
        }));
    }
}
