using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Iot.Devices;

/// <summary>Device policies and the certificates that have them.</summary>
internal sealed class Policies(IotState state, TimeProvider time)
{
    public CreatePolicyResponse Create(Call call, CreatePolicyRequest request)
    {
        var arn = Authorize(call, "iot:CreatePolicy", request.PolicyName);
        DevicePolicy.Parse(request.PolicyDocument);
        var now = time.GetUtcNow();
        return state.Policies.TryAdd(IotState.Key(call, request.PolicyName), new(request.PolicyName, arn, request.PolicyDocument, now, now, 1))
            ? new(request.PolicyName, arn, request.PolicyDocument, "1")
            : throw IotErrors.Exists($"Policy cannot be created - name already exists (name={request.PolicyName}): it");
    }

    /// <summary>A new version that is the default, as CloudFormation makes it.</summary>
    public void Replace(Call call, string name, string document)
    {
        Authorize(call, "iot:CreatePolicyVersion", name);
        DevicePolicy.Parse(document);
        _ = state.Policies.Update(IotState.Key(call, name), policy => policy with { PolicyDocument = document, Modified = time.GetUtcNow(), Version = policy.Version + 1 })
            ?? throw Missing(name);
    }

    public GetPolicyResponse Get(Call call, PolicyRequest request)
    {
        Authorize(call, "iot:GetPolicy", request.PolicyName);
        var policy = Find(call, request.PolicyName);
        var version = policy.Version.ToString(CultureInfo.InvariantCulture);
        return new(policy.PolicyName, policy.PolicyArn, policy.PolicyDocument, version, policy.Created, policy.Modified, version);
    }

    public PoliciesResponse List(Call call, ListPoliciesRequest request)
    {
        call.Authorize("iot:ListPolicies", "*");
        var page = Page<PolicyState>.Of(state.Policies.In(call.Account, call.Region), request.Marker, request.PageSize ?? 100, "InvalidRequestException");
        return new([.. page.Items.Select(Shown)], page.Next);
    }

    public Empty Delete(Call call, PolicyRequest request)
    {
        Authorize(call, "iot:DeletePolicy", request.PolicyName);
        Find(call, request.PolicyName);
        if (state.PolicyAttachments.In(call.Account, call.Region).Any(attachment => attachment.PolicyName == request.PolicyName))
            throw IotErrors.Conflict($"Cannot delete the policy because one or more principals are attached (name={request.PolicyName})");
        state.Policies.Remove(IotState.Key(call, request.PolicyName));
        return Empty.Value;
    }

    public Empty Attach(Call call, PolicyTargetRequest request)
    {
        Authorize(call, "iot:AttachPolicy", request.PolicyName);
        Find(call, request.PolicyName);
        if (!state.Certificates.All.Any(certificate => certificate.Value.CertificateArn == request.Target))
            throw IotErrors.Missing($"The target {request.Target}, which must be a certificate,");
        state.PolicyAttachments.Put(Pair(call, request), new(request.PolicyName, request.Target));
        return Empty.Value;
    }

    public Empty Detach(Call call, PolicyTargetRequest request)
    {
        Authorize(call, "iot:DetachPolicy", request.PolicyName);
        state.PolicyAttachments.Remove(Pair(call, request));
        return Empty.Value;
    }

    public PoliciesResponse ListAttached(Call call, AttachedPoliciesRequest request)
    {
        call.Authorize("iot:ListAttachedPolicies", "*");
        var names = state.PolicyAttachments.In(call.Account, call.Region).Where(attachment => attachment.Target == request.Target).Select(attachment => attachment.PolicyName);
        return new([.. names.Select(name => Shown(Find(call, name)))], null);
    }

    public PolicyTargetsResponse ListTargets(Call call, PolicyTargetsRequest request)
    {
        Authorize(call, "iot:ListTargetsForPolicy", request.PolicyName);
        Find(call, request.PolicyName);
        return new([.. state.PolicyAttachments.In(call.Account, call.Region).Where(attachment => attachment.PolicyName == request.PolicyName).Select(attachment => attachment.Target)], null);
    }

    private PolicyState Find(Call call, string name) => state.Policies.TryGet(IotState.Key(call, name), out var policy) ? policy : throw Missing(name);

    private static PolicyName Shown(PolicyState policy) => new(policy.PolicyName, policy.PolicyArn);

    private static ResourceKey Pair(Call call, PolicyTargetRequest request) => IotState.Key(call, $"{request.PolicyName}|{request.Target}");

    private static string Authorize(Call call, string action, string name)
    {
        var arn = call.Arn("iot", $"policy/{name}");
        call.Authorize(action, arn);
        return arn;
    }

    private static ServiceException Missing(string name) => IotErrors.Missing($"Policy {name}");
}
