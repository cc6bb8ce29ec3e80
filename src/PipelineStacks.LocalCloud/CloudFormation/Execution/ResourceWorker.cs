using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Planning;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Does one thing to one resource: tells it in the events, and writes it down before and after.</summary>
internal sealed class ResourceWorker(
    Stack stack, Call call, ProvisionerCatalog provisioners, DynamicReferences references, StackStore store, StackLog log, ILogger logger)
{
    /// <summary>Makes the resource. False when that failed, with the reason in the events.</summary>
    public async ValueTask<bool> CreateAsync(ResourceDefinition definition, Func<JsonObject> evaluate, IReadOnlyList<string> dependsOn)
    {
        var resource = store.Resource(stack, definition.LogicalId) ?? new StackResource
        {
            LogicalId = definition.LogicalId,
            Type = definition.Type,
            Status = "",
            Updated = default,
        };
        resource = log.Move(stack, resource with { Type = definition.Type, Change = ResourceChange.Created }, "CREATE_IN_PROGRESS");
        JsonObject? properties = null;
        try
        {
            properties = evaluate();
            var provisioned = await provisioners[definition.Type].CreateAsync(Context(resource), references.Resolve(call, properties));
            log.Move(stack, resource, "CREATE_IN_PROGRESS", "Resource creation Initiated", provisioned.PhysicalId, properties);
            resource = resource with { Current = ResourceVersions.Of(provisioned, properties, definition, dependsOn) };
            log.Move(stack, resource, "CREATE_COMPLETE");
            return true;
        }
        catch (Exception error)
        {
            Report(error, resource);
            log.Move(stack, resource, "CREATE_FAILED", HandlerErrors.Reason(error), properties: properties);
            return false;
        }
    }

    /// <summary>Makes the resource what its definition says, in place or by another one. What didn't change isn't touched.</summary>
    public async ValueTask<bool> UpdateAsync(
        StackResource resource, ResourceVersion current, ResourceDefinition definition, Func<JsonObject> evaluate, IReadOnlyList<string> dependsOn)
    {
        JsonObject? properties = null;
        try
        {
            properties = evaluate();
            var next = current with
            {
                Metadata = definition.Metadata,
                DependsOn = dependsOn,
                DeletionPolicy = ResourceVersions.PolicyOf(definition),
                UpdateReplacePolicy = ResourceVersions.ReplacePolicyOf(definition),
            };
            if (!JsonNode.DeepEquals(current.Properties, properties) || resource.Status.EndsWith("_FAILED", StringComparison.Ordinal))
                return await ProvisionAsync(resource, current, definition, properties, next);
            if (!IsSameToCloudFormation(current, next))
                Touch(resource, current, next);
            else if (!current.DependsOn.SequenceEqual(next.DependsOn))
                store.PutResource(stack, resource with { Current = next });
            return true;
        }
        catch (Exception error)
        {
            Report(error, resource);
            // The provisioning has moved the resource on; what is stored is the latest.
            var latest = store.Resource(stack, resource.LogicalId) ?? resource;
            log.Move(stack, latest, "UPDATE_FAILED", Reason(error, latest), properties: properties);
            return false;
        }
    }

    /// <summary>Returns an updated resource to what it was before.</summary>
    public async ValueTask<bool> RestoreAsync(StackResource resource, ResourceVersion before)
    {
        resource = log.Move(stack, resource, "UPDATE_IN_PROGRESS");
        try
        {
            var restored = before;
            if (resource.Change == ResourceChange.Updated && resource.Current is { } current && !JsonNode.DeepEquals(current.Properties, before.Properties))
            {
                var provisioned = await provisioners[resource.Type].UpdateAsync(
                    Context(resource), before.PhysicalId, references.ResolveWhereThere(call, current.Properties), references.Resolve(call, before.Properties));
                restored = before with { Attributes = provisioned.Attributes };
            }

            var abandoned = resource.Change == ResourceChange.Replaced && resource.Current is { } replacement && replacement.PhysicalId != before.PhysicalId
                ? [.. resource.Abandoned, replacement]
                : resource.Abandoned;
            log.Move(stack, resource with { Current = restored, Before = null, Change = ResourceChange.None, Abandoned = abandoned }, "UPDATE_COMPLETE");
            return true;
        }
        catch (Exception error)
        {
            Report(error, resource);
            log.Move(stack, resource, "UPDATE_FAILED", HandlerErrors.Reason(error));
            return false;
        }
    }

    /// <summary>Deletes a physical resource, or leaves it, as its policy says. That it is gone already is no failure.</summary>
    public async ValueTask<bool> DeleteAsync(StackResource resource, ResourceVersion version, RemovalPolicy policy)
    {
        if (policy is RemovalPolicy.Retain or RemovalPolicy.RetainExceptOnCreate)
        {
            log.Move(stack, resource, "DELETE_SKIPPED", physicalId: version.PhysicalId);
            return true;
        }

        resource = log.Move(stack, resource, "DELETE_IN_PROGRESS", physicalId: version.PhysicalId, properties: version.Properties);
        try
        {
            if (policy == RemovalPolicy.Snapshot && provisioners[resource.Type] is ISnapshotProvisioner snapshots)
                await snapshots.SnapshotAsync(Context(resource), version.PhysicalId);
            await provisioners[resource.Type].DeleteAsync(
                Context(resource), version.PhysicalId, references.ResolveWhereThere(call, version.Properties));
        }
        catch (Exception error) when (!HandlerErrors.IsNotFound(error))
        {
            Report(error, resource);
            log.Move(stack, resource, "DELETE_FAILED", HandlerErrors.Reason(error), version.PhysicalId);
            return false;
        }
        catch (ServiceException gone)
        {
            logger.LogDebug(gone, "{Resource} was deleted before", version.PhysicalId);
        }

        log.Move(stack, resource, "DELETE_COMPLETE", physicalId: version.PhysicalId, properties: version.Properties);
        return true;
    }

    private async ValueTask<bool> ProvisionAsync(
        StackResource resource, ResourceVersion current, ResourceDefinition definition, JsonObject properties, ResourceVersion next)
    {
        var provisioner = provisioners[definition.Type];
        var context = Context(resource);
        var before = resource.Before ?? current;
        if (!provisioner.NeedsReplacement(context, current.Properties, properties))
        {
            // A resource that this update made or replaced stays so: a rollback has to delete it all the same.
            var change = resource.Change == ResourceChange.None ? ResourceChange.Updated : resource.Change;
            resource = log.Move(stack, resource with { Change = change, Before = change == ResourceChange.Created ? null : before },
                "UPDATE_IN_PROGRESS", properties: properties);
            // Written down first: should the update break off half-way, the rollback updates from these properties back.
            store.PutResource(stack, resource with { Current = next with { Properties = properties } });
            var updated = await provisioner.UpdateAsync(
                context, current.PhysicalId, references.ResolveWhereThere(call, current.Properties), references.Resolve(call, properties));
            next = next with { PhysicalId = updated.PhysicalId, Attributes = updated.Attributes, Properties = properties };
            log.Move(stack, resource with { Current = next }, "UPDATE_COMPLETE");
            return true;
        }

        resource = log.Move(stack, resource, "UPDATE_IN_PROGRESS",
            "Requested update requires the creation of a new physical resource; hence creating one.", properties: properties);
        var created = await provisioner.CreateAsync(context, references.Resolve(call, properties));
        log.Move(stack, resource, "UPDATE_IN_PROGRESS", "Resource creation Initiated", created.PhysicalId, properties);
        log.Move(stack, resource with
        {
            Current = next with { PhysicalId = created.PhysicalId, Attributes = created.Attributes, Properties = properties },
            Before = resource.Change == ResourceChange.Created ? null : before,
            Change = resource.Change == ResourceChange.Created ? ResourceChange.Created : ResourceChange.Replaced,
            Abandoned = resource.Change is ResourceChange.Created or ResourceChange.Replaced ? [.. resource.Abandoned, current] : resource.Abandoned,
        }, "UPDATE_COMPLETE");
        return true;
    }

    // Metadata and policies belong to CloudFormation: the resource itself has no part in their change.
    private void Touch(StackResource resource, ResourceVersion current, ResourceVersion next)
    {
        var change = resource.Change == ResourceChange.None ? ResourceChange.Updated : resource.Change;
        resource = log.Move(stack, resource with { Change = change, Before = resource.Before ?? current }, "UPDATE_IN_PROGRESS");
        log.Move(stack, resource with { Current = next }, "UPDATE_COMPLETE");
    }

    private static bool IsSameToCloudFormation(ResourceVersion current, ResourceVersion next) =>
        JsonNode.DeepEquals(current.Metadata, next.Metadata) && current.DeletionPolicy == next.DeletionPolicy
        && current.UpdateReplacePolicy == next.UpdateReplacePolicy;

    private static string Reason(Exception error, StackResource resource) =>
        resource.Change == ResourceChange.None && HandlerErrors.IsAlreadyExists(error)
            ? $"CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename {resource.PhysicalId} and update the stack again."
            : HandlerErrors.Reason(error);

    private ProvisionContext Context(StackResource resource) => new(call, stack.Id, stack.Name, resource.LogicalId, resource.Type);

    // A ServiceException is the user's to see in the events; anything else is a defect of the cloud and goes to its log as well.
    private void Report(Exception error, StackResource resource)
    {
        if (error is not ServiceException)
            logger.LogError(error, "{Stack}: {Resource} ({Type}) failed", stack.Name, resource.LogicalId, resource.Type);
    }
}
