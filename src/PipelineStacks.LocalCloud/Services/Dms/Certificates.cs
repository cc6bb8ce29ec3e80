using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>Certificates against which sources' are checked.</summary>
internal sealed class Certificates(DmsState state, Tags tags, TimeProvider time)
{
    public CertificateResponse Import(Call call, ImportCertificateRequest request)
    {
        var arn = call.Arn("dms", $"cert:{DmsState.NewId(null)}");
        call.Authorize("dms:ImportCertificate", arn);
        if (request.CertificateWallet is not null)
            throw ServiceException.Unsupported("CertificateWallet");
        var pem = request.CertificatePem ?? throw DmsErrors.Value("CertificatePem is required.");
        if (state.Certificates.In(call.Account, call.Region).Any(one => one.CertificateIdentifier == request.CertificateIdentifier))
            throw DmsErrors.Exists("Certificate", request.CertificateIdentifier);
        using var parsed = Parse(pem);
        var certificate = new Certificate(request.CertificateIdentifier, arn, time.GetUtcNow(), pem, call.Account, parsed.NotBefore.ToUniversalTime(),
            parsed.NotAfter.ToUniversalTime(), parsed.SignatureAlgorithm.FriendlyName ?? "", parsed.PublicKey.GetRSAPublicKey()?.KeySize ?? 0);
        state.Certificates.Put(DmsState.KeyOf(arn), certificate);
        tags.Set(arn, request.Tags);
        return new(certificate);
    }

    public DescribeCertificatesResponse Describe(Call call, DescribeRequest request)
    {
        call.Authorize("dms:DescribeCertificates", "*");
        var page = Filtering.Page(state.Certificates.In(call.Account, call.Region), request, (certificate, name) => name switch
        {
            "certificate-arn" => certificate.CertificateArn,
            "certificate-id" => certificate.CertificateIdentifier,
            _ => null,
        });
        return new(page.Items, page.Next);
    }

    public CertificateResponse Delete(Call call, DeleteCertificateRequest request)
    {
        call.Authorize("dms:DeleteCertificate", request.CertificateArn);
        if (!state.Certificates.TryGet(DmsState.KeyOf(request.CertificateArn), out var certificate))
            throw DmsErrors.NotFound("Certificate", request.CertificateArn);
        if (state.Endpoints.All.Any(one => one.Value.Endpoint.CertificateArn == certificate.CertificateArn))
            throw DmsErrors.State($"Certificate {certificate.CertificateIdentifier} is in use by an endpoint.");
        state.Certificates.Remove(DmsState.KeyOf(certificate.CertificateArn));
        tags.Set(certificate.CertificateArn, null);
        return new(certificate);
    }

    private static X509Certificate2 Parse(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new ServiceException("InvalidCertificateFault", $"The certificate was not valid: {error.Message}");
        }
    }
}
