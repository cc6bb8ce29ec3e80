using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Devices;

/// <summary>What the certificate of a connection allows.</summary>
internal sealed class DeviceAccess(IotState state)
{
    /// <summary>Where a certificate is registered; null for one that is not.</summary>
    public Home? HomeOf(string certificateId)
    {
        foreach (var (key, _) in state.Certificates.All)
            if (key.Name == certificateId)
                return new Home(key.Account, key.Region);
        return null;
    }

    /// <param name="kind">As ARNs have it: <c>client</c>, <c>topic</c>, <c>topicfilter</c>.</param>
    public bool Allows(string certificateId, string clientId, string action, string kind, string resource)
    {
        if (HomeOf(certificateId) is not { } home || !state.Certificates.TryGet(new(home.Account, home.Region, certificateId), out var certificate) || certificate.Status != "ACTIVE")
            return false;
        var thing = state.ThingPrincipals.In(home.Account, home.Region)
            .FirstOrDefault(pair => pair.Principal == certificate.CertificateArn && pair.ThingName == clientId)?.ThingName;
        var policies = state.PolicyAttachments.In(home.Account, home.Region)
            .Where(attachment => attachment.Target == certificate.CertificateArn)
            .Select(attachment => state.Policies.TryGet(new(home.Account, home.Region, attachment.PolicyName), out var policy) ? DevicePolicy.Parse(policy.PolicyDocument) : null)
            .OfType<DevicePolicy>();
        return DevicePolicy.Allows(policies, new DeviceConnection(clientId, thing), action, $"arn:aws:iot:{home.Region}:{home.Account}:{kind}/{resource}");
    }
}
