using PipelineStacks.LocalCloud.Services.Rds.MariaDb;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>The authorities of the servers behind this cloud's instances: what Amazon's authorities for RDS are on AWS.</summary>
internal sealed class ServerAuthorities(DataDirectory data)
{
    /// <summary>Their certificates, in PEM.</summary>
    public string Text => string.Join('\n',
        Directory.EnumerateFiles(data.Folder("rds"), ServerCertificate.Authority, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText));
}
