using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>Makes, changes and deletes alarms.</summary>
internal sealed class AlarmOperations(AlarmState alarms, AlarmTransitions transitions, TimeProvider time)
{
    private const string Unchecked = "Unchecked: Initial alarm creation";

    public Empty Put(Call call, PutMetricAlarmRequest request) => Put(call, request.AlarmName, request, request.Tags);

    public Empty Put(Call call, string name, AlarmSettings settings, IReadOnlyList<Tag>? tags)
    {
        var key = Begin(call, "cloudwatch:PutMetricAlarm", name);
        AlarmRules.Check(settings);
        var (now, before) = (time.GetUtcNow(), Present<MetricAlarm>(key));
        alarms.Metric.Put(key, new(settings)
        {
            AlarmName = name,
            AlarmArn = ArnOf(call, name),
            StateValue = before?.StateValue ?? AlarmVerdict.InsufficientData,
            StateReason = before?.StateReason ?? Unchecked,
            StateReasonData = before?.StateReasonData,
            AlarmConfigurationUpdatedTimestamp = now,
            StateUpdatedTimestamp = before?.StateUpdatedTimestamp ?? now,
            StateTransitionedTimestamp = before?.StateTransitionedTimestamp ?? now,
        });
        Configured(key, before is null, tags);
        return Empty.Value;
    }

    public Empty PutComposite(Call call, PutCompositeAlarmRequest request) => request.ActionsSuppressor is null
        ? PutComposite(call, request.AlarmName, request.AlarmRule, request, request.Tags)
        : throw ServiceException.Unsupported("An ActionsSuppressor");

    public Empty PutComposite(Call call, string name, string rule, AlarmBasics settings, IReadOnlyList<Tag>? tags)
    {
        var key = Begin(call, "cloudwatch:PutCompositeAlarm", name);
        CheckRule(key, CompositeRule.Parse(rule));
        AlarmRules.CheckActions(settings);
        var (now, before) = (time.GetUtcNow(), Present<CompositeAlarm>(key));
        alarms.Composite.Put(key, new(settings)
        {
            AlarmName = name,
            AlarmArn = ArnOf(call, name),
            AlarmRule = rule,
            StateValue = before?.StateValue ?? AlarmVerdict.InsufficientData,
            StateReason = before?.StateReason ?? Unchecked,
            StateReasonData = before?.StateReasonData,
            AlarmConfigurationUpdatedTimestamp = now,
            StateUpdatedTimestamp = before?.StateUpdatedTimestamp ?? now,
            StateTransitionedTimestamp = before?.StateTransitionedTimestamp ?? now,
        });
        Configured(key, before is null, tags);
        transitions.Follow(key.Account, key.Region);
        return Empty.Value;
    }

    /// <summary>Deletes alarms. A composite alarm keeps those that it looks at from being deleted.</summary>
    public Empty Delete(Call call, AlarmNamesRequest request)
    {
        foreach (var name in request.AlarmNames)
            call.Authorize("cloudwatch:DeleteAlarms", ArnOf(call, name));
        var keys = request.AlarmNames.Select(name => AlarmState.Key(call, name)).ToList();
        if (keys.FirstOrDefault(key => alarms.Find(key) is null) is { Name: not null } missing)
            throw NotFound(missing.Name);
        var held = alarms.Composite.In(call.Account, call.Region).Where(composite => !request.AlarmNames.Contains(composite.AlarmName))
            .FirstOrDefault(composite => CompositeRule.Parse(composite.AlarmRule).Alarms.Intersect(request.AlarmNames).Any());
        if (held is not null)
            throw new ServiceException("ValidationError", $"Cannot delete {string.Join(", ", request.AlarmNames)} as it is referenced by the composite alarm {held.AlarmName}.");
        foreach (var key in keys)
            alarms.Remove(key);
        return Empty.Value;
    }

    public Empty SetState(Call call, SetAlarmStateRequest request)
    {
        var key = Begin(call, "cloudwatch:SetAlarmState", request.AlarmName);
        AlarmTransitions.CheckState(request.StateValue);
        if (alarms.Find(key) is null)
            throw NotFound(request.AlarmName);
        transitions.Move(key, request.StateValue, request.StateReason, request.StateReasonData is null ? null : JsonNode.Parse(request.StateReasonData)!.AsObject());
        transitions.Follow(key.Account, key.Region);
        return Empty.Value;
    }

    public Empty Enable(Call call, AlarmNamesRequest request) => SetEnabled(call, "cloudwatch:EnableAlarmActions", request, true);

    public Empty Disable(Call call, AlarmNamesRequest request) => SetEnabled(call, "cloudwatch:DisableAlarmActions", request, false);

    public Empty Tag(Call call, TagAlarmRequest request)
    {
        alarms.Tag(OfArn(call, "cloudwatch:TagResource", request.ResourceARN), request.Tags, []);
        return Empty.Value;
    }

    public Empty Untag(Call call, UntagAlarmRequest request)
    {
        alarms.Tag(OfArn(call, "cloudwatch:UntagResource", request.ResourceARN), [], [.. request.TagKeys]);
        return Empty.Value;
    }

    public ListAlarmTagsResponse ListTags(Call call, ListAlarmTagsRequest request) =>
        new(alarms.NotesOf(OfArn(call, "cloudwatch:ListTagsForResource", request.ResourceARN)).Tags);

    public static string ArnOf(Call call, string name) => call.Arn("cloudwatch", $"alarm:{name}");

    private static ResourceKey Begin(Call call, string action, string name)
    {
        call.Authorize(action, ArnOf(call, name));
        return name.Length is > 0 and <= 255 ? AlarmState.Key(call, name) : throw new ServiceException("ValidationError", "The parameter AlarmName must have between 1 and 255 characters.");
    }

    private void CheckRule(ResourceKey key, CompositeRule rule)
    {
        foreach (var name in rule.Alarms.Where(name => alarms.Find(key with { Name = name }) is null))
            throw new ServiceException("ValidationError", $"AlarmRule refers to the alarm {name}, which does not exist.");
        if (Reaches(rule, key))
            throw new ServiceException("ValidationError", $"AlarmRule makes the alarm {key.Name} depend on itself.");
    }

    private bool Reaches(CompositeRule rule, ResourceKey key) => rule.Alarms.Any(name =>
        name == key.Name || (alarms.Composite.TryGet(key with { Name = name }, out var child) && Reaches(CompositeRule.Parse(child.AlarmRule), key)));

    // A name belongs to one alarm, of either kind.
    private T? Present<T>(ResourceKey key) where T : class, IAlarm => alarms.Find(key) switch
    {
        null => null,
        T alarm => alarm,
        _ => throw new ServiceException("ValidationError", $"There is an alarm {key.Name} of the other kind."),
    };

    private void Configured(ResourceKey key, bool isNew, IReadOnlyList<Tag>? tags)
    {
        // Tags count only when the alarm is made; later there is TagResource for them.
        if (isNew && tags is { Count: > 0 })
            alarms.Tag(key, tags, []);
        var summary = isNew ? $"Alarm \"{key.Name}\" created" : $"Alarm \"{key.Name}\" updated";
        transitions.Note(key, alarms.Find(key)!, "ConfigurationUpdate", summary, new JsonObject { ["version"] = "1.0", ["type"] = isNew ? "Create" : "Update" });
    }

    private Empty SetEnabled(Call call, string action, AlarmNamesRequest request, bool enabled)
    {
        foreach (var name in request.AlarmNames)
        {
            var key = Begin(call, action, name);
            alarms.Metric.Update(key, alarm => alarm with { ActionsEnabled = enabled });
            alarms.Composite.Update(key, alarm => alarm with { ActionsEnabled = enabled });
        }

        return Empty.Value;
    }

    private ResourceKey OfArn(Call call, string action, string arn)
    {
        call.Authorize(action, arn);
        var name = arn.Split(":alarm:", 2) is [_, var rest] ? rest : throw new ServiceException("InvalidParameterValue", $"{arn} is not the ARN of an alarm.");
        var key = AlarmState.Key(call, name);
        return alarms.Find(key) is null ? throw NotFound(name) : key;
    }

    private static ServiceException NotFound(string name) => new("ResourceNotFound", $"The alarm {name} does not exist.", 404);
}
