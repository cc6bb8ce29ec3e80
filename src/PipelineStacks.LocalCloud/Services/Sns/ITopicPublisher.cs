using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Sns;

/// <summary>SNS for the services inside the cloud: events of DMS, alarms.</summary>
internal interface ITopicPublisher
{
    /// <returns>The message's id.</returns>
    /// <exception cref="ServiceException"><c>NotFound</c>, <c>InvalidParameter</c>.</exception>
    string Publish(Call call, string topicArn, string? subject, string message);
}
