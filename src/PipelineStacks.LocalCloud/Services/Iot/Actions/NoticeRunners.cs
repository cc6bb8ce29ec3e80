using System.Text;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Actions;

/// <summary><see href="https://docs.aws.amazon.com/iot/latest/developerguide/sns-rule-action.html"/></summary>
internal sealed class SnsRunner : RuleActionRunner
{
    private readonly SnsRuleAction _action;

    public SnsRunner(SnsRuleAction action) : base("Sns")
    {
        if (action.MessageFormat is not (null or "RAW"))
            throw ServiceException.Unsupported($"The message format {action.MessageFormat} of an SNS action");
        _action = action;
    }

    public override ValueTask RunAsync(ActionServices services, Home home, IReadOnlyList<ActionItem> items)
    {
        var call = services.Callers.ForRole(_action.RoleArn, home.Region, "iot-rule");
        foreach (var item in items)
        {
            try
            {
                services.Sns.Publish(call, _action.TargetArn, null, Encoding.UTF8.GetString(item.Payload));
            }
            catch (ServiceException error)
            {
                Fail(item, _action.TargetArn, "Failed to publish to SNS", "AmazonSNS", error.Code, error.Message, $"Action: sns, Target: {_action.TargetArn}");
            }
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary><see href="https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html"/>: the function is called asynchronously, by IoT itself.</summary>
internal sealed class LambdaRunner(LambdaRuleAction action) : RuleActionRunner("Lambda")
{
    public override ValueTask RunAsync(ActionServices services, Home home, IReadOnlyList<ActionItem> items)
    {
        var call = services.Callers.ForService(home.Account, home.Region, "iot.amazonaws.com");
        foreach (var item in items)
        {
            try
            {
                services.Lambda.Send(call, action.FunctionArn, item.Payload);
            }
            catch (ServiceException error)
            {
                Fail(item, action.FunctionArn, "Failed to invoke Lambda function", "AWSLambda", error.Code, error.Message, $"Action: lambda, Function: {action.FunctionArn}");
            }
        }

        return ValueTask.CompletedTask;
    }
}
