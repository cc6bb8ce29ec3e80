using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>Workgroups. <c>primary</c> exists in every account and Region by itself.</summary>
internal sealed partial class WorkGroups(AthenaState state, TimeProvider time)
{
    public const string Primary = "primary";

    public Empty Create(Call call, CreateWorkGroupInput request)
    {
        call.Authorize("athena:CreateWorkGroup", AthenaState.WorkGroupArn(call, request.Name));
        if (!ValidName().IsMatch(request.Name ?? ""))
            throw AthenaErrors.Invalid($"WorkGroup name {request.Name} is not valid: it must match [a-zA-Z0-9._-]{{1,128}}.");
        Check(request.Configuration);
        lock (state.Writing)
        {
            if (Exists(call, request.Name!))
                throw AthenaErrors.Invalid("WorkGroup is already created");
            state.WorkGroups.Put(AthenaState.Key(call, request.Name!), new()
            {
                Name = request.Name!,
                State = "ENABLED",
                Configuration = Defaults(request.Configuration ?? new()),
                Description = request.Description,
                CreationTime = time.GetUtcNow(),
            });
            if (request.Tags is { Count: > 0 })
                state.Tags.Put(AthenaState.Key(call, request.Name!), new(request.Name!, request.Tags));
        }

        return Empty.Value;
    }

    public GetWorkGroupOutput Get(Call call, GetWorkGroupInput request)
    {
        call.Authorize("athena:GetWorkGroup", AthenaState.WorkGroupArn(call, request.WorkGroup));
        return new(Find(call, request.WorkGroup));
    }

    public ListWorkGroupsOutput List(Call call, ListWorkGroupsInput request)
    {
        call.Authorize("athena:ListWorkGroups", "*");
        var all = state.WorkGroups.In(call.Account, call.Region).ToList();
        if (!all.Exists(group => group.Name == Primary))
            all.Add(Find(call, Primary));
        var page = AthenaErrors.Page(all.OrderBy(group => group.Name, StringComparer.Ordinal), request.NextToken, request.MaxResults);
        return new(
            [.. page.Items.Select(group => new WorkGroupSummary(group.Name, group.State, group.Description, group.CreationTime, EngineVersion.Three))],
            page.Next);
    }

    public Empty Update(Call call, UpdateWorkGroupInput request)
    {
        call.Authorize("athena:UpdateWorkGroup", AthenaState.WorkGroupArn(call, request.WorkGroup));
        lock (state.Writing)
        {
            var before = Find(call, request.WorkGroup);
            state.WorkGroups.Put(AthenaState.Key(call, request.WorkGroup), before with
            {
                Description = request.Description ?? before.Description,
                State = request.State ?? before.State,
                Configuration = WorkGroupChanges.Apply(before.Configuration, request.ConfigurationUpdates),
            });
        }

        return Empty.Value;
    }

    public void Replace(Call call, string name, string? description, string groupState, WorkGroupConfiguration configuration)
    {
        call.Authorize("athena:UpdateWorkGroup", AthenaState.WorkGroupArn(call, name));
        Check(configuration);
        lock (state.Writing)
            state.WorkGroups.Put(AthenaState.Key(call, name),
                Find(call, name) with { Description = description, State = groupState, Configuration = Defaults(configuration) });
    }

    public Empty Delete(Call call, DeleteWorkGroupInput request)
    {
        call.Authorize("athena:DeleteWorkGroup", AthenaState.WorkGroupArn(call, request.WorkGroup));
        if (request.WorkGroup == Primary)
            throw AthenaErrors.Invalid("WorkGroup primary cannot be deleted.");
        lock (state.Writing)
        {
            Find(call, request.WorkGroup);
            var named = state.NamedQueries.In(call.Account, call.Region).Where(query => query.WorkGroup == request.WorkGroup).ToList();
            var prepared = state.PreparedStatements.In(call.Account, call.Region).Where(statement => statement.WorkGroupName == request.WorkGroup).ToList();
            var queries = state.Queries.In(call.Account, call.Region).Where(query => query.Execution.WorkGroup == request.WorkGroup).ToList();
            if (request.RecursiveDeleteOption != true && named.Count + prepared.Count + queries.Count > 0)
                throw AthenaErrors.Invalid($"WorkGroup {request.WorkGroup} is not empty");
            named.ForEach(query => state.NamedQueries.Remove(AthenaState.Key(call, query.NamedQueryId)));
            prepared.ForEach(statement => state.PreparedStatements.Remove(PreparedStatements.Key(call, statement.WorkGroupName, statement.StatementName)));
            queries.ForEach(query => state.Queries.Remove(AthenaState.Key(call, query.Execution.QueryExecutionId)));
            state.WorkGroups.Remove(AthenaState.Key(call, request.WorkGroup));
            if (state.Tags.TryGet(AthenaState.Key(call, request.WorkGroup), out _))
                state.Tags.Remove(AthenaState.Key(call, request.WorkGroup));
        }

        return Empty.Value;
    }

    public WorkGroup Find(Call call, string name)
    {
        if (state.WorkGroups.TryGet(AthenaState.Key(call, name), out var found))
            return found;
        return name == Primary
            ? new() { Name = Primary, State = "ENABLED", Configuration = Defaults(new()) with { EnforceWorkGroupConfiguration = false }, CreationTime = DateTimeOffset.UnixEpoch }
            : throw AthenaErrors.Invalid($"WorkGroup {name} is not found.");
    }

    private bool Exists(Call call, string name) => name == Primary || state.WorkGroups.TryGet(AthenaState.Key(call, name), out _);

    private static void Check(WorkGroupConfiguration? configuration)
    {
        if (configuration?.BytesScannedCutoffPerQuery is < 10_000_000)
            throw AthenaErrors.Invalid("BytesScannedCutoffPerQuery must be at least 10000000 bytes.");
        if (configuration?.ResultConfiguration?.OutputLocation is { } location && Tables.S3Location.Parse(location) is null)
            throw AthenaErrors.Invalid($"outputLocation is not a valid S3 path: {location}");
        if (configuration?.EngineVersion?.SelectedEngineVersion is { } version and not ("AUTO" or "Athena engine version 3"))
            throw ServiceException.Unsupported($"The engine version {version} of Athena");
    }

    private static WorkGroupConfiguration Defaults(WorkGroupConfiguration configuration) => configuration with
    {
        ResultConfiguration = configuration.ResultConfiguration ?? new(),
        EnforceWorkGroupConfiguration = configuration.EnforceWorkGroupConfiguration ?? true,
        PublishCloudWatchMetricsEnabled = configuration.PublishCloudWatchMetricsEnabled ?? false,
        RequesterPaysEnabled = configuration.RequesterPaysEnabled ?? false,
        EngineVersion = EngineVersion.Three with { SelectedEngineVersion = configuration.EngineVersion?.SelectedEngineVersion ?? "AUTO" },
    };

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,128}$")]
    private static partial Regex ValidName();
}
