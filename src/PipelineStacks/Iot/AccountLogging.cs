using Amazon.CDK;
using Amazon.CDK.AWS.IoT;
using Constructs;
using PipelineStacks.Model.Settings;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Iot;

/// <summary>What <see cref="AccountLogging"/> is made of.</summary>
public sealed record AccountLoggingProps
{
    /// <summary>The environment.</summary>
    public required EnvironmentSettings Settings { get; init; }
}

/// <summary>The logging of AWS IoT, which an account has once in a Region. AWS IoT creates the log group, under a name of its own.</summary>
public sealed class AccountLogging : Construct
{
    private const string LogGroup = "AWSIotLogsV2";

    /// <summary>Switches the logging on, with its role.</summary>
    public AccountLogging(Construct scope, string id, AccountLoggingProps props)
        : base(scope, id)
    {
        var group = Stack.Of(this).FormatArn(new ArnComponents
        {
            Service = "logs",
            Resource = "log-group",
            ResourceName = $"{LogGroup}:*",
            ArnFormat = ArnFormat.COLON_RESOURCE_NAME,
        });
        var role = RuleRole.Of(this, "AWS IoT writes its log", Allow(
            "Log", ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:PutMetricFilter", "logs:PutRetentionPolicy"], group));
        new CfnLogging(this, "Logging", new CfnLoggingProps
        {
            AccountId = Amazon.CDK.Aws.ACCOUNT_ID,
            DefaultLogLevel = props.Settings.Iot.LogLevel.ToString().ToUpperInvariant(),
            RoleArn = role.RoleArn,
        });
    }
}
