using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using X509Request = System.Security.Cryptography.X509Certificates.CertificateRequest;

namespace PipelineStacks.LocalCloud.Services.Iot.Devices;

/// <summary>Certificates for devices, issued by this cloud's own authority.</summary>
internal sealed class Certificates(IotState state, CertificateAuthority authority, TimeProvider time)
{
    private static readonly string[] Statuses = ["ACTIVE", "INACTIVE", "REVOKED"];

    public CreateKeysResponse Create(Call call, CreateKeysRequest request)
    {
        call.Authorize("iot:CreateKeysAndCertificate", "*");
        using var key = RSA.Create(2048);
        var certificate = Add(call, new X509Request("CN=AWS IoT Certificate", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), request.SetAsActive ? "ACTIVE" : "INACTIVE");
        return new(certificate.CertificateArn, certificate.CertificateId, certificate.CertificatePem, new(key.ExportSubjectPublicKeyInfoPem() + "\n", key.ExportRSAPrivateKeyPem() + "\n"));
    }

    /// <summary>As CloudFormation makes one from a signing request.</summary>
    public CertificateState CreateFromRequest(Call call, string signingRequest, string status)
    {
        call.Authorize("iot:CreateCertificateFromCsr", "*");
        CheckStatus(status);
        try
        {
            return Add(call, X509Request.LoadSigningRequestPem(signingRequest, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.SkipSignatureValidation, RSASignaturePadding.Pkcs1), status);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw IotErrors.Invalid($"The certificate signing request can't be read: {error.Message}");
        }
    }

    /// <summary>As CloudFormation registers one that was made elsewhere.</summary>
    public CertificateState Register(Call call, string pem, string status)
    {
        call.Authorize("iot:RegisterCertificateWithoutCA", "*");
        CheckStatus(status);
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return Add(call, certificate, status);
        }
        catch (CryptographicException error)
        {
            throw new ServiceException("CertificateValidationException", $"The certificate can't be read: {error.Message}");
        }
    }

    public DescribeCertificateResponse Describe(Call call, Contracts.CertificateRequest request)
    {
        Authorize(call, "iot:DescribeCertificate", request.CertificateId);
        return new(Shown(call, Find(call, request.CertificateId), withPem: true));
    }

    public ListCertificatesResponse List(Call call, ListCertificatesRequest request)
    {
        call.Authorize("iot:ListCertificates", "*");
        var page = Page<CertificateState>.Of(state.Certificates.In(call.Account, call.Region), request.Marker, request.PageSize ?? 100, "InvalidRequestException");
        return new([.. page.Items.Select(one => Shown(call, one, withPem: false))], page.Next);
    }

    public Empty Update(Call call, UpdateCertificateRequest request)
    {
        Authorize(call, "iot:UpdateCertificate", request.CertificateId);
        CheckStatus(request.NewStatus);
        _ = state.Certificates.Update(IotState.Key(call, request.CertificateId), one => one with { Status = request.NewStatus }) ?? throw Missing(request.CertificateId);
        return Empty.Value;
    }

    public Empty Delete(Call call, Contracts.CertificateRequest request)
    {
        Authorize(call, "iot:DeleteCertificate", request.CertificateId);
        var certificate = Find(call, request.CertificateId);
        if (certificate.Status == "ACTIVE")
            throw new ServiceException("CertificateStateException", $"Certificate must be deactivated (not ACTIVE) before deletion. (Id: {certificate.CertificateId})", 406);
        var attached = state.PolicyAttachments.In(call.Account, call.Region).Where(one => one.Target == certificate.CertificateArn).ToList();
        if (state.ThingPrincipals.In(call.Account, call.Region).Any(one => one.Principal == certificate.CertificateArn))
            throw IotErrors.Conflict($"Certificate is still attached to things (Id: {certificate.CertificateId})");
        if (attached.Count > 0 && !request.ForceDelete)
            throw IotErrors.Conflict($"Certificate policies must be detached before deletion (arn: {certificate.CertificateArn})");
        foreach (var one in attached)
            state.PolicyAttachments.Remove(IotState.Key(call, $"{one.PolicyName}|{one.Target}"));
        state.Certificates.Remove(IotState.Key(call, certificate.CertificateId));
        return Empty.Value;
    }

    private CertificateState Add(Call call, X509Request request, string status)
    {
        using var certificate = authority.Issue(request);
        return Add(call, certificate, status);
    }

    private CertificateState Add(Call call, X509Certificate2 certificate, string status)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        var added = new CertificateState(id, call.Arn("iot", $"cert/{id}"), certificate.ExportCertificatePem() + "\n", status, time.GetUtcNow());
        return state.Certificates.TryAdd(IotState.Key(call, id), added) ? added : throw IotErrors.Exists($"The certificate {id}");
    }

    private CertificateState Find(Call call, string id) => state.Certificates.TryGet(IotState.Key(call, id), out var one) ? one : throw Missing(id);

    private static CertificateDescription Shown(Call call, CertificateState one, bool withPem) =>
        new(one.CertificateArn, one.CertificateId, one.Status, withPem ? one.CertificatePem : null, withPem ? call.Account : null, one.Created);

    private static void CheckStatus(string status)
    {
        if (!Statuses.Contains(status))
            throw IotErrors.Invalid($"1 validation error detected: Value '{status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [{string.Join(", ", Statuses)}]");
    }

    private static void Authorize(Call call, string action, string id) => call.Authorize(action, call.Arn("iot", $"cert/{id}"));

    private static ServiceException Missing(string id) => IotErrors.Missing($"The certificate {id}");
}
