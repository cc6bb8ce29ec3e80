using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.Services.Sns;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>Subscriptions to events, and the events of the last days.</summary>
internal sealed class Events(
    DmsState state, StateStore store, Tags tags, IEventBus bus, ITopicPublisher topics, Callers callers, TimeProvider time, ILogger<Events> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);
    private static readonly string[] TaskCategories = ["failure", "state change", "creation", "deletion", "configuration change"];
    private static readonly string[] InstanceCategories = [.. TaskCategories, "failover", "low storage", "maintenance"];

    private readonly StateCollection<DmsEvent> _events = store.Open<DmsEvent>("dms", "events");

    public EventSubscriptionResponse Create(Call call, CreateEventSubscriptionRequest request)
    {
        var arn = call.Arn("dms", $"es:{request.SubscriptionName}");
        call.Authorize("dms:CreateEventSubscription", arn);
        CheckCategories(request);
        var subscription = new EventSubscription
        {
            CustomerAwsId = call.Account,
            CustSubscriptionId = request.SubscriptionName,
            SnsTopicArn = request.SnsTopicArn ?? throw DmsErrors.Value("SnsTopicArn is required."),
            SubscriptionCreationTime = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            SourceType = request.SourceType,
            SourceIdsList = request.SourceIds ?? [],
            EventCategoriesList = request.EventCategories ?? [],
            Enabled = request.Enabled ?? true,
        };
        if (!state.Subscriptions.TryAdd(DmsState.Key(call, request.SubscriptionName), subscription))
            throw DmsErrors.Exists("EventSubscription", request.SubscriptionName);
        tags.Set(arn, request.Tags);
        return new(subscription);
    }

    public EventSubscriptionResponse Modify(Call call, ModifyEventSubscriptionRequest request)
    {
        call.Authorize("dms:ModifyEventSubscription", call.Arn("dms", $"es:{request.SubscriptionName}"));
        CheckCategories(request);
        return new(state.Subscriptions.Update(DmsState.Key(call, request.SubscriptionName), before => before with
        {
            SnsTopicArn = request.SnsTopicArn ?? before.SnsTopicArn,
            SourceType = request.SourceType ?? before.SourceType,
            EventCategoriesList = request.EventCategories ?? before.EventCategoriesList,
            Enabled = request.Enabled ?? before.Enabled,
        }) ?? throw DmsErrors.NotFound("EventSubscription", request.SubscriptionName));
    }

    public EventSubscriptionResponse Delete(Call call, DeleteEventSubscriptionRequest request)
    {
        var arn = call.Arn("dms", $"es:{request.SubscriptionName}");
        call.Authorize("dms:DeleteEventSubscription", arn);
        if (!state.Subscriptions.TryGet(DmsState.Key(call, request.SubscriptionName), out var subscription))
            throw DmsErrors.NotFound("EventSubscription", request.SubscriptionName);
        state.Subscriptions.Remove(DmsState.Key(call, request.SubscriptionName));
        tags.Set(arn, null);
        return new(subscription with { Status = "deleting" });
    }

    public DescribeEventSubscriptionsResponse DescribeSubscriptions(Call call, DescribeEventSubscriptionsRequest request)
    {
        call.Authorize("dms:DescribeEventSubscriptions", "*");
        var all = state.Subscriptions.In(call.Account, call.Region).Where(one => request.SubscriptionName is null || one.CustSubscriptionId == request.SubscriptionName).ToList();
        if (request.SubscriptionName is not null && all.Count == 0)
            throw DmsErrors.NotFound("EventSubscription", request.SubscriptionName);
        var page = Filtering.Page(all, request, (_, _) => null);
        return new(page.Items, page.Next);
    }

    public DescribeEventsResponse Describe(Call call, DescribeEventsRequest request)
    {
        call.Authorize("dms:DescribeEvents", "*");
        var from = request.StartTime ?? time.GetUtcNow() - TimeSpan.FromMinutes(request.Duration ?? 60);
        var events = _events.In(call.Account, call.Region).Where(one => one.Date >= from && (request.EndTime is null || one.Date <= request.EndTime)
            && (request.SourceIdentifier is null || one.SourceIdentifier == request.SourceIdentifier)
            && (request.SourceType is null || one.SourceType == request.SourceType)
            && (request.EventCategories is null or { Count: 0 } || request.EventCategories.Intersect(one.EventCategories).Any()));
        var page = Filtering.Page(events, request, (_, _) => null);
        return new(page.Items, page.Next);
    }

    /// <summary>Announces what became of a task: for DescribeEvents, on the event bus, and to those who subscribe. Serverless replications have no such events.</summary>
    public void TaskChanged(ReplicationTask task, string message, string category, string eventType)
    {
        if (task.ReplicationInstanceArn.Length == 0)
            return;
        var (key, now) = (DmsState.KeyOf(task.ReplicationTaskArn), time.GetUtcNow());
        foreach (var old in _events.All.Where(one => one.Value.Date < now - Kept).ToList())
            _events.Remove(old.Key);
        var id = $"{now.UtcTicks:D20}-{Guid.NewGuid():N}";
        _events.Put(key with { Name = id }, new(task.ReplicationTaskIdentifier, "replication-task", message, [category], now));
        bus.Publish(key.Account, key.Region, "aws.dms", "DMS Replication Task State Change", [task.ReplicationTaskArn], new JsonObject
        {
            ["type"] = "REPLICATION_TASK",
            ["category"] = category == "failure" ? "Failure" : "StateChange",
            ["eventType"] = eventType,
            ["eventId"] = "DMS-EVENT-0069",
            ["resourceLink"] = $"https://console.aws.amazon.com/dms/v2/home?region={key.Region}#taskDetails/{task.ReplicationTaskIdentifier}",
            ["detailMessage"] = message,
        });
        Notify(task, key, message, category);
    }

    private void Notify(ReplicationTask task, ResourceKey key, string message, string category)
    {
        var text = new JsonObject
        {
            ["Event Source"] = "replication-task",
            ["Event Time"] = time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            ["Identifier Link"] = $"https://console.aws.amazon.com/dms/home?region={key.Region}#tasks:ids={task.ReplicationTaskIdentifier}",
            ["SourceId"] = task.ReplicationTaskIdentifier,
            ["Event ID"] = "http://docs.aws.amazon.com/dms/latest/userguide/CHAP_Events.html#DMS-EVENT-0069",
            ["Event Message"] = message,
        }.ToJsonString(Protocols.Wire.Pascal);
        foreach (var subscription in state.Subscriptions.In(key.Account, key.Region).Where(one => Takes(one, task.ReplicationTaskIdentifier, category)))
        {
            try
            {
                topics.Publish(callers.ForService(key.Account, key.Region, "dms.amazonaws.com"), subscription.SnsTopicArn, "DMS Notification Message", text);
            }
            catch (ServiceException error)
            {
                // Nobody is told when a topic is gone, which must not keep the task from going on.
                log.LogWarning("The event subscription {Name} could not be served: {Reason}", subscription.CustSubscriptionId, error.Message);
            }
        }
    }

    private static bool Takes(EventSubscription subscription, string taskIdentifier, string category) => subscription is { Enabled: true, SourceType: null or "replication-task" }
        && (subscription.SourceIdsList.Count == 0 || subscription.SourceIdsList.Contains(taskIdentifier))
        && (subscription.EventCategoriesList.Count == 0 || subscription.EventCategoriesList.Contains(category));

    private static void CheckCategories(EventSubscriptionSettings settings)
    {
        var known = settings.SourceType switch
        {
            null => InstanceCategories,
            "replication-task" => TaskCategories,
            "replication-instance" => InstanceCategories,
            _ => throw DmsErrors.Value($"The source type {settings.SourceType} is not valid. Valid values: replication-instance, replication-task."),
        };
        if (settings.EventCategories?.FirstOrDefault(category => !known.Contains(category)) is { } unknown)
            throw DmsErrors.Value($"The event category {unknown} is not valid for the source type {settings.SourceType ?? "all"}.");
    }
}
