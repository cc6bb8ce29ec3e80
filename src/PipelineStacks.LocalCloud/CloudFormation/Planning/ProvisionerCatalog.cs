using System.Diagnostics.CodeAnalysis;

namespace PipelineStacks.LocalCloud.CloudFormation.Planning;

/// <summary>The resource types that this cloud has.</summary>
internal sealed class ProvisionerCatalog(IEnumerable<IResourceProvisioner> provisioners)
{
    private readonly Dictionary<string, IResourceProvisioner> _byType =
        provisioners.ToDictionary(provisioner => provisioner.ResourceType, StringComparer.Ordinal);

    public IEnumerable<IResourceProvisioner> All => _byType.Values;

    public IResourceProvisioner this[string resourceType] => TryFind(resourceType, out var provisioner)
        ? provisioner
        : throw Templates.TemplateErrors.Unsupported($"The resource type {resourceType}");

    public bool TryFind(string resourceType, [NotNullWhen(true)] out IResourceProvisioner? provisioner) =>
        _byType.TryGetValue(resourceType, out provisioner);
}

/// <summary>A provisioner of a type that can be kept as a snapshot when it is deleted, as <c>DeletionPolicy: Snapshot</c> asks.</summary>
internal interface ISnapshotProvisioner : IResourceProvisioner
{
    /// <summary>Takes the snapshot; the resource is deleted afterwards.</summary>
    ValueTask SnapshotAsync(ProvisionContext context, string physicalId);
}
