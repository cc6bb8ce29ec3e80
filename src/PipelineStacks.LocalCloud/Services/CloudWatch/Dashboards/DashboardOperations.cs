using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.CloudWatch.Contracts;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.CloudWatch.Dashboards;

/// <summary>A dashboard as it is kept.</summary>
internal sealed record DashboardState(string Name, string Arn, string Body, DateTimeOffset Modified);

/// <summary>Keeps dashboards and checks their bodies; nothing here draws them.</summary>
internal sealed partial class DashboardOperations(StateStore store, TimeProvider time)
{
    private readonly StateCollection<DashboardState> _dashboards = store.Open<DashboardState>("cloudwatch", "dashboards");

    public PutDashboardResponse Put(Call call, PutDashboardRequest request)
    {
        var (key, arn) = Begin(call, "cloudwatch:PutDashboard", request.DashboardName);
        if (!Name().IsMatch(request.DashboardName))
            throw new ServiceException("InvalidParameterInput", $"The dashboard name {request.DashboardName} may have letters, digits, - and _ only, and at most 255 of them.");
        Check(request.DashboardBody);
        _dashboards.Put(key, new(request.DashboardName, arn, request.DashboardBody, time.GetUtcNow()));
        return new([]);
    }

    public GetDashboardResponse Get(Call call, DashboardRequest request)
    {
        var (key, _) = Begin(call, "cloudwatch:GetDashboard", request.DashboardName);
        return _dashboards.TryGet(key, out var dashboard) ? new(dashboard.Arn, dashboard.Body, dashboard.Name) : throw NotFound(request.DashboardName);
    }

    public ListDashboardsResponse List(Call call, ListDashboardsRequest request)
    {
        call.Authorize("cloudwatch:ListDashboards", "*");
        var found = _dashboards.In(call.Account, call.Region).Where(dashboard => dashboard.Name.StartsWith(request.DashboardNamePrefix ?? "", StringComparison.Ordinal))
            .Select(dashboard => new DashboardEntry(dashboard.Name, dashboard.Arn, dashboard.Modified, Encoding.UTF8.GetByteCount(dashboard.Body)));
        var page = Page<DashboardEntry>.Of(found, request.NextToken, 1000, "InvalidParameterValue");
        return new(page.Items, page.Next);
    }

    public Empty Delete(Call call, DeleteDashboardsRequest request)
    {
        var keys = request.DashboardNames.Select(name => Begin(call, "cloudwatch:DeleteDashboards", name).Key).ToList();
        if (keys.FirstOrDefault(key => !_dashboards.TryGet(key, out _)) is { Name: not null } missing)
            throw NotFound(missing.Name);
        foreach (var key in keys)
            _dashboards.Remove(key);
        return Empty.Value;
    }

    // Dashboards belong to the account, whatever the Region.
    private static (ResourceKey Key, string Arn) Begin(Call call, string action, string name)
    {
        var arn = $"arn:aws:cloudwatch::{call.Account}:dashboard/{name}";
        call.Authorize(action, arn);
        return (new(call.Account, call.Region, name), arn);
    }

    private static void Check(string body)
    {
        try
        {
            var widgets = JsonNode.Parse(body)?["widgets"] as JsonArray ?? throw Invalid("/widgets", "the dashboard has no list of widgets");
            foreach (var (index, widget) in widgets.Index())
            {
                if (widget?["type"] is not JsonValue type || (string?)type is not ("metric" or "text" or "log" or "alarm" or "explorer" or "custom"))
                    throw Invalid($"/widgets/{index}/type", "a widget's type must be metric, text, log, alarm, explorer or custom");
                if (widget["properties"] is not JsonObject)
                    throw Invalid($"/widgets/{index}/properties", "a widget needs properties");
            }
        }
        catch (JsonException error)
        {
            throw Invalid("/", error.Message);
        }
    }

    private static ServiceException Invalid(string path, string why) => new("InvalidParameterInput", $"The dashboard body is invalid at {path}: {why}.");

    private static ServiceException NotFound(string name) => new("ResourceNotFound", $"Dashboard {name} does not exist", 404);

    [GeneratedRegex("^[A-Za-z0-9_-]{1,255}$")]
    private static partial Regex Name();
}
