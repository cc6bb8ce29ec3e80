using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.IoT;
using Constructs;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Storage;
using static PipelineStacks.Access.Statements;

namespace PipelineStacks.Iot;

/// <summary>What <see cref="RuleQuarantine"/> is made of.</summary>
public sealed record RuleQuarantineProps
{
    /// <summary>The dataset whose rejected messages go there.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>The zone with the quarantine.</summary>
    public required Zone Landing { get; init; }

    /// <summary>What encrypts it.</summary>
    public required DataKey Key { get; init; }
}

/// <summary>
/// The error action of a dataset's rules: a message that no action took goes to quarantine, one object each. It has a role of its own, since that of an
/// action may be what failed.
/// </summary>
public sealed class RuleQuarantine : Construct
{
    private readonly RuleQuarantineProps _props;
    private readonly Role _role;

    /// <summary>Creates the role.</summary>
    public RuleQuarantine(Construct scope, string id, RuleQuarantineProps props)
        : base(scope, id)
    {
        _props = props;
        var folder = $"{Names.QuarantinePrefix}{props.Dataset.Name}/{TopicSource.RuleFailed}/";
        _role = RuleRole.Of(this, $"Messages of {props.Dataset.Name} that failed go to quarantine",
            Allow("WriteQuarantine", ["s3:PutObject"], props.Landing.Bucket.ArnForObjects($"{folder}*")),
            UseKeyVia(this, "UseKey", "s3", props.Key.Key.KeyArn, "kms:GenerateDataKey"));
    }

    /// <summary>The action, for the rules' error actions.</summary>
    public CfnTopicRule.ActionProperty Action => new()
    {
        S3 = new CfnTopicRule.S3ActionProperty
        {
            BucketName = _props.Landing.Bucket.BucketName,
            // By the day on which AWS IoT saw the message, as the other steps' folders are by that of arrival.
            Key = $$"""{{Names.QuarantinePrefix}}{{_props.Dataset.Name}}/{{TopicSource.RuleFailed}}/{{DatasetRules.ArrivalDate}}=${parse_time("yyyy-MM-dd", timestamp(), "UTC")}/${newuuid()}.json""",
            RoleArn = _role.RoleArn,
        },
    };
}
