using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PipelineStacks.LocalCloud.State;
using X509Request = System.Security.Cryptography.X509Certificates.CertificateRequest;

namespace PipelineStacks.LocalCloud.Services.Iot.Devices;

/// <summary>
/// This cloud's authority: it signs what devices show and what the broker shows them. It lasts as long as the data directory, and is made
/// when it is first needed. Its certificates are dated by the system's clock: clients check them by theirs, whatever time it is in the cloud.
/// </summary>
internal sealed class CertificateAuthority(DataDirectory data)
{
    private readonly Lock _making = new();

    private X509Certificate2 Own
    {
        get
        {
            lock (_making)
                return field ??= Load();
        }
    }

    /// <summary>What clients have to trust.</summary>
    public string Pem => Own.ExportCertificatePem() + "\n";

    public X509Certificate2 Issue(X509Request request)
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        return request.Create(Own, Own.NotBefore, Own.NotAfter, serial);
    }

    /// <summary>A certificate for the broker on this machine, with its key.</summary>
    public (string Certificate, string Key) ForBroker()
    {
        using var key = RSA.Create(2048);
        var request = new X509Request("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = Issue(request);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private X509Certificate2 Load()
    {
        var file = Path.Combine(data.Folder("iot"), "authority.pem");
        if (!File.Exists(file))
        {
            using var key = RSA.Create(2048);
            var request = new X509Request("CN=Local Cloud IoT Authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            var now = TimeProvider.System.GetUtcNow();
            using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
            var next = file + ".next";
            File.WriteAllText(next, $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
            File.Move(next, file, overwrite: true);
        }

        return X509Certificate2.CreateFromPemFile(file, file);
    }
}
