namespace PipelineStacks.LocalCloud.Services.EventBridge;

/// <summary>Who is told of every event on every default bus, such as the rules. Registered as a singleton.</summary>
internal interface IEventSubscriber
{
    /// <summary>Runs on the cloud's clock, after the publisher has gone on. What fails is reported and not repeated.</summary>
    Task OnEventAsync(Event published);
}
