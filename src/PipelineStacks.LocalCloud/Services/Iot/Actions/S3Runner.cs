using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Actions;

/// <summary><see href="https://docs.aws.amazon.com/iot/latest/developerguide/s3-rule-action.html"/></summary>
internal sealed class S3Runner(S3RuleAction action, Query query) : RuleActionRunner("S3")
{
    private readonly SubstitutionTemplate _bucket = SubstitutionTemplate.Parse(action.BucketName, query);
    private readonly SubstitutionTemplate _key = SubstitutionTemplate.Parse(action.Key, query);

    public override async ValueTask RunAsync(ActionServices services, Home home, IReadOnlyList<ActionItem> items)
    {
        var call = services.Callers.ForRole(action.RoleArn, home.Region, "iot-rule");
        foreach (var item in items)
        {
            var (bucket, key) = (_bucket.Evaluate(item.Evaluation), _key.Evaluate(item.Evaluation));
            try
            {
                await services.S3.PutAsync(call, bucket, key, item.Payload, "application/octet-stream");
            }
            catch (ServiceException error)
            {
                Fail(item, bucket, "Failed to put S3 object", $"Amazon S3; Status Code: {error.Status}", error.Code, error.Message, $"Action: s3, Bucket: {bucket}, Key: \"{key}\"");
            }
        }
    }
}
