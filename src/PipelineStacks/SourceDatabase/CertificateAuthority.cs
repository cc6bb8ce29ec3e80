using System.Text.Json;
using Amazon.CDK;
using Constructs;

namespace PipelineStacks.SourceDatabase;

/// <summary>The authority that signs RDS's certificates, one in each Region.</summary>
internal static class CertificateAuthority
{
    /// <summary>RDS's name for it.</summary>
    public const string Name = "rds-ca-rsa2048-g1";

    private static readonly SortedDictionary<string, string> ByRegion = Read();

    /// <summary>The certificate of the stack's Region; where CloudFormation decides on that, it also looks the certificate up.</summary>
    /// <exception cref="Model.Settings.SettingsException">None is known for the Region.</exception>
    public static string Certificate(Construct scope)
    {
        var region = Stack.Of(scope).Region;
        if (!Token.IsUnresolved(region))
        {
            return ByRegion.GetValueOrDefault(region) ?? throw new Model.Settings.SettingsException(
                $"No certificate of RDS is known for {region}. Add the Region's root certificate {Name} to {Name}.json, or set database.tls to \"none\".");
        }
        var mapping = new CfnMapping(scope, "Certificates", new CfnMappingProps
        {
            Mapping = ByRegion.ToDictionary(
                pair => pair.Key,
                pair => (IDictionary<string, object>)new Dictionary<string, object> { ["Pem"] = pair.Value }),
        });
        return mapping.FindInMap(Amazon.CDK.Aws.REGION, "Pem");
    }

    private static SortedDictionary<string, string> Read()
    {
        using var stream = typeof(CertificateAuthority).Assembly.GetManifestResourceStream($"{Name}.json")!;
        return new(JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!, StringComparer.Ordinal);
    }
}
