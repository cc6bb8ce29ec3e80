using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;

namespace PipelineStacks.LocalCloud.Services.Iot.Devices;

/// <summary>Thing types.</summary>
internal sealed class ThingTypes(IotState state, TimeProvider time)
{
    // AWS lets a type be deleted five minutes after it was deprecated.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public CreateThingTypeResponse Create(Call call, CreateThingTypeRequest request)
    {
        var arn = Authorize(call, "iot:CreateThingType", request.ThingTypeName);
        Things.CheckName("thingTypeName", request.ThingTypeName);
        var type = new ThingTypeState(request.ThingTypeName, arn, Guid.NewGuid().ToString(), request.ThingTypeProperties ?? new(), time.GetUtcNow(), null);
        return state.ThingTypes.TryAdd(IotState.Key(call, request.ThingTypeName), type)
            ? new(type.ThingTypeName, arn, type.ThingTypeId)
            : throw IotErrors.Exists($"Thing type {request.ThingTypeName}");
    }

    public ThingTypeDefinition Describe(Call call, ThingTypeRequest request)
    {
        Authorize(call, "iot:DescribeThingType", request.ThingTypeName);
        return Shown(Find(call, request.ThingTypeName));
    }

    public ListThingTypesResponse List(Call call, ListThingTypesRequest request)
    {
        call.Authorize("iot:ListThingTypes", "*");
        var types = state.ThingTypes.In(call.Account, call.Region).Where(type => (request.ThingTypeName ?? type.ThingTypeName) == type.ThingTypeName)
            .Select(type => Shown(type) with { ThingTypeId = null });
        var page = Page<ThingTypeDefinition>.Of(types, request.NextToken, request.MaxResults ?? 100, "InvalidRequestException");
        return new(page.Items, page.Next);
    }

    public Empty Deprecate(Call call, DeprecateThingTypeRequest request)
    {
        Authorize(call, "iot:DeprecateThingType", request.ThingTypeName);
        _ = state.ThingTypes.Update(IotState.Key(call, request.ThingTypeName), type => type with { Deprecated = request.UndoDeprecate ? null : time.GetUtcNow() })
            ?? throw Missing(request.ThingTypeName);
        return Empty.Value;
    }

    public Empty Delete(Call call, ThingTypeRequest request)
    {
        Authorize(call, "iot:DeleteThingType", request.ThingTypeName);
        var type = Find(call, request.ThingTypeName);
        if (type.Deprecated is not { } deprecated || time.GetUtcNow() < deprecated + Grace)
            throw IotErrors.Invalid($"Cannot delete thing type : {type.ThingTypeName}. Please wait for 5 minutes after deprecation and then retry");
        Remove(call, type.ThingTypeName);
        return Empty.Value;
    }

    /// <summary>What CloudFormation does in the end, having deprecated the type and waited.</summary>
    public void Remove(Call call, string name)
    {
        Authorize(call, "iot:DeleteThingType", name);
        state.ThingTypes.Remove(IotState.Key(call, name));
    }

    private ThingTypeState Find(Call call, string name) => state.ThingTypes.TryGet(IotState.Key(call, name), out var type) ? type : throw Missing(name);

    private static ThingTypeDefinition Shown(ThingTypeState type) =>
        new(type.ThingTypeName, type.ThingTypeId, type.ThingTypeArn, type.Properties, new(type.Deprecated is not null, type.Deprecated, type.Created));

    private static string Authorize(Call call, string action, string name)
    {
        var arn = call.Arn("iot", $"thingtype/{name}");
        call.Authorize(action, arn);
        return arn;
    }

    private static ServiceException Missing(string name) => IotErrors.Missing($"Thing type {name}");
}
