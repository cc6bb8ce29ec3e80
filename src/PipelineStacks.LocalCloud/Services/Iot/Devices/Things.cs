using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Iot.Devices;

/// <summary>The thing registry, and which certificate a thing has.</summary>
internal sealed partial class Things(IotState state)
{
    private const string Pattern = "[a-zA-Z0-9:_-]+";

    /// <summary>Making a thing that is there with the same settings is no error on AWS.</summary>
    public CreateThingResponse Create(Call call, CreateThingRequest request)
    {
        var arn = Authorize(call, "iot:CreateThing", request.ThingName);
        CheckName("thingName", request.ThingName);
        CheckType(call, request.ThingTypeName);
        var thing = new ThingState(
            request.ThingName, arn, Guid.NewGuid().ToString(), request.ThingTypeName, request.AttributePayload?.Attributes ?? new Dictionary<string, string>(), 1);
        var key = IotState.Key(call, request.ThingName);
        if (state.Things.TryAdd(key, thing) || !state.Things.TryGet(key, out var present))
            return new(thing.ThingName, thing.ThingArn, thing.ThingId);
        return present.ThingTypeName == thing.ThingTypeName && present.Attributes.Count == thing.Attributes.Count && !present.Attributes.Except(thing.Attributes).Any()
            ? new(present.ThingName, present.ThingArn, present.ThingId)
            : throw IotErrors.Exists($"Thing {request.ThingName} with other attributes");
    }

    public Empty Update(Call call, UpdateThingRequest request)
    {
        Authorize(call, "iot:UpdateThing", request.ThingName);
        CheckType(call, request.ThingTypeName);
        var thing = state.Things.Update(IotState.Key(call, request.ThingName), thing =>
        {
            CheckVersion(thing, request.ExpectedVersion);
            return thing with
            {
                ThingTypeName = request.RemoveThingType ? null : request.ThingTypeName ?? thing.ThingTypeName,
                Attributes = Attributes(thing.Attributes, request.AttributePayload),
                Version = thing.Version + 1,
            };
        });
        return thing is null ? throw Missing(request.ThingName) : Empty.Value;
    }

    public DescribeThingResponse Describe(Call call, ThingRequest request)
    {
        Authorize(call, "iot:DescribeThing", request.ThingName);
        var thing = Find(call, request.ThingName);
        return new(thing.ThingName, thing.ThingName, thing.ThingId, thing.ThingArn, thing.ThingTypeName, thing.Attributes, thing.Version);
    }

    public ListThingsResponse List(Call call, ListThingsRequest request)
    {
        call.Authorize("iot:ListThings", "*");
        var things = state.Things.In(call.Account, call.Region).Where(thing => (request.ThingTypeName ?? thing.ThingTypeName) == thing.ThingTypeName)
            .Select(thing => new ThingAttribute(thing.ThingName, thing.ThingTypeName, thing.ThingArn, thing.Attributes, thing.Version));
        var page = Page<ThingAttribute>.Of(things, request.NextToken, request.MaxResults ?? 250, "InvalidRequestException");
        return new(page.Items, page.Next);
    }

    /// <summary>Deleting a thing that isn't there is no error on AWS; one that has a certificate must be parted from it first.</summary>
    public Empty Delete(Call call, ThingRequest request)
    {
        Authorize(call, "iot:DeleteThing", request.ThingName);
        if (PrincipalsOf(call, request.ThingName).Any())
            throw IotErrors.Invalid($"Cannot delete. Thing {request.ThingName} is still attached to one or more principals");
        if (state.Things.TryGet(IotState.Key(call, request.ThingName), out var thing))
            CheckVersion(thing, request.ExpectedVersion);
        state.Things.Remove(IotState.Key(call, request.ThingName));
        return Empty.Value;
    }

    public Empty Attach(Call call, ThingPrincipalRequest request)
    {
        Authorize(call, "iot:AttachThingPrincipal", request.ThingName);
        Find(call, request.ThingName);
        if (!state.Certificates.All.Any(certificate => certificate.Value.CertificateArn == request.Principal))
            throw IotErrors.Missing($"The principal {request.Principal}");
        state.ThingPrincipals.Put(PairKey(call, request), new(request.ThingName, request.Principal));
        return Empty.Value;
    }

    public Empty Detach(Call call, ThingPrincipalRequest request)
    {
        Authorize(call, "iot:DetachThingPrincipal", request.ThingName);
        state.ThingPrincipals.Remove(PairKey(call, request));
        return Empty.Value;
    }

    public ThingPrincipalsResponse ListPrincipals(Call call, ThingPrincipalsRequest request)
    {
        Authorize(call, "iot:ListThingPrincipals", request.ThingName);
        Find(call, request.ThingName);
        return new([.. PrincipalsOf(call, request.ThingName)], null);
    }

    public PrincipalThingsResponse ListOf(Call call, PrincipalRequest request)
    {
        call.Authorize("iot:ListPrincipalThings", "*");
        return new([.. state.ThingPrincipals.In(call.Account, call.Region).Where(pair => pair.Principal == request.Principal).Select(pair => pair.ThingName)], null);
    }

    public static void CheckName(string member, string name)
    {
        if (name.Length > 128 || !Name().IsMatch(name))
            throw IotErrors.Invalid($"1 validation error detected: Value '{name}' at '{member}' failed to satisfy constraint: Member must satisfy regular expression pattern: {Pattern}");
    }

    private IEnumerable<string> PrincipalsOf(Call call, string thing) =>
        state.ThingPrincipals.In(call.Account, call.Region).Where(pair => pair.ThingName == thing).Select(pair => pair.Principal);

    private ThingState Find(Call call, string name) => state.Things.TryGet(IotState.Key(call, name), out var thing) ? thing : throw Missing(name);

    private void CheckType(Call call, string? type)
    {
        if (type is null)
            return;
        if (!state.ThingTypes.TryGet(IotState.Key(call, type), out var found))
            throw IotErrors.Missing($"Thing type {type}");
        if (found.Deprecated is not null)
            throw IotErrors.Invalid($"Can not create new thing with deprecated thing type:{type}");
    }

    private static void CheckVersion(ThingState thing, long? expected)
    {
        if (expected is { } version && version != thing.Version)
            throw new ServiceException("VersionConflictException", $"The version for thing {thing.ThingName} does not match the expected version.", 409);
    }

    private static IReadOnlyDictionary<string, string> Attributes(IReadOnlyDictionary<string, string> before, AttributePayload? payload)
    {
        if (payload?.Attributes is not { } changes)
            return before;
        return payload.Merge ? before.Concat(changes).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value) : changes;
    }

    private static string Authorize(Call call, string action, string name)
    {
        var arn = call.Arn("iot", $"thing/{name}");
        call.Authorize(action, arn);
        return arn;
    }

    private static ResourceKey PairKey(Call call, ThingPrincipalRequest request) => IotState.Key(call, $"{request.ThingName}|{request.Principal}");

    private static ServiceException Missing(string name) => IotErrors.Missing($"Thing {name}");

    [GeneratedRegex($"^{Pattern}$")]
    private static partial Regex Name();
}
