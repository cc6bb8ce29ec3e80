using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.CloudFormation.Stacks;
using PipelineStacks.LocalCloud.CloudFormation.Templates;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.CloudFormation.Operations;

/// <summary>Shows the resources and events of stacks.</summary>
internal sealed class ResourceOperations(StackStore store, StackFinder stacks)
{
    private const int EventsPerPage = 100;

    private static readonly ResourceDriftInformation NotChecked = new("NOT_CHECKED");

    public void AddTo(OperationTable operations) => operations
        .Add<DescribeStackEventsInput, DescribeStackEventsOutput>("DescribeStackEvents", DescribeEvents)
        .Add<DescribeStackResourcesInput, DescribeStackResourcesOutput>("DescribeStackResources", DescribeAll)
        .Add<DescribeStackResourceInput, DescribeStackResourceOutput>("DescribeStackResource", Describe)
        .Add<ListStackResourcesInput, ListStackResourcesOutput>("ListStackResources", List);

    private DescribeStackEventsOutput DescribeEvents(Call call, DescribeStackEventsInput input)
    {
        var stack = stacks.Demand(call, "DescribeStackEvents", input.StackName);
        var newestFirst = store.Events.NewestFirst(stack);
        // The token is the event that the last page ended with: new events don't shift the pages.
        if (input.NextToken is { } after)
            newestFirst = newestFirst.SkipWhile(one => one.EventId != after).Skip(1);
        var page = newestFirst.Take(EventsPerPage + 1).ToList();
        return page.Count <= EventsPerPage ? new(page, null) : new(page[..EventsPerPage], page[EventsPerPage - 1].EventId);
    }

    private DescribeStackResourcesOutput DescribeAll(Call call, DescribeStackResourcesInput input)
    {
        var stack = input.StackName is null && input.PhysicalResourceId is { } physicalId
            ? StackOf(call, physicalId)
            : stacks.Demand(call, "DescribeStackResources", input.StackName, name => $"Stack with id {name} does not exist");
        return new(
        [
            .. store.Resources(stack).Where(resource => input.LogicalResourceId is null || input.LogicalResourceId == resource.LogicalId)
                .Select(resource => new StackResourceDescription(stack.Name, stack.Id, resource.LogicalId, resource.PhysicalId, resource.Type,
                    resource.Updated, resource.Status, resource.StatusReason, NotChecked)),
        ]);
    }

    private DescribeStackResourceOutput Describe(Call call, DescribeStackResourceInput input)
    {
        var stack = stacks.Demand(call, "DescribeStackResource", input.StackName, name => $"Stack '{name}' does not exist");
        var resource = store.Resource(stack, input.LogicalResourceId)
            ?? throw TemplateErrors.Validation($"Resource {input.LogicalResourceId} does not exist for stack {stack.Name}");
        return new(new(stack.Name, stack.Id, resource.LogicalId, resource.PhysicalId, resource.Type, resource.Updated, resource.Status,
            resource.StatusReason, resource.Current?.Metadata?.ToJsonString(), NotChecked));
    }

    private ListStackResourcesOutput List(Call call, ListStackResourcesInput input)
    {
        var stack = stacks.Demand(call, "ListStackResources", input.StackName, name => $"Stack with id {name} does not exist");
        return new(
        [
            .. store.Resources(stack).Select(resource => new StackResourceSummary(
                resource.LogicalId, resource.PhysicalId, resource.Type, resource.Updated, resource.Status, resource.StatusReason, NotChecked)),
        ]);
    }

    private Stack StackOf(Call call, string physicalId)
    {
        call.Authorize("cloudformation:DescribeStackResources", "*");
        return store.In(call.Account, call.Region).FirstOrDefault(stack => store.Resources(stack).Any(resource => resource.PhysicalId == physicalId))
            ?? throw TemplateErrors.Validation($"Stack for {physicalId} does not exist");
    }
}
