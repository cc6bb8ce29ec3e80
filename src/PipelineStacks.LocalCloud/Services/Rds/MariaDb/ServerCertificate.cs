using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PipelineStacks.LocalCloud.Services.Rds.MariaDb;

/// <summary>A server's certificate and the authority that signed it, so that clients can verify whom they talk to.</summary>
internal static class ServerCertificate
{
    public const string Authority = "ca.pem";
    public const string Certificate = "server-cert.pem";
    public const string Key = "server-key.pem";

    public static void Write(string folder)
    {
        if (File.Exists(Path.Combine(folder, Key)))
            return;
        // Clients compare with their own clock, whatever the cloud's time is.
        var from = TimeProvider.System.GetUtcNow().AddDays(-1);
        using var authorityKey = RSA.Create(2048);
        var authorityRequest = new CertificateRequest("CN=Local cloud RDS CA", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        using var authority = authorityRequest.CreateSelfSigned(from, from.AddYears(20));

        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, from.AddYears(19), RandomNumberGenerator.GetBytes(16));

        File.WriteAllText(Path.Combine(folder, Authority), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, Certificate), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, Key), key.ExportPkcs8PrivateKeyPem());
    }
}
