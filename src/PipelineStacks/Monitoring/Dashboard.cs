using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;

namespace PipelineStacks.Monitoring;

/// <summary>A dashboard's widgets, three in a row.</summary>
internal static class Dashboard
{
    private const int Columns = 24;
    private const int GraphWidth = 8;
    private const int GraphHeight = 6;

    /// <summary>A widget before it has its place.</summary>
    public sealed record Widget(string Type, int Width, int Height, JsonObject Properties);

    public static void Of(Construct scope, string id, string name, IReadOnlyList<Widget> widgets) => new CfnDashboard(scope, id, new CfnDashboardProps
    {
        DashboardName = name,
        DashboardBody = new JsonObject { ["widgets"] = Place(widgets, Stack.Of(scope).Region) }.ToJsonString(JsonSerializerOptions.Default),
    });

    /// <summary>A part of a pipeline: its title, what flows through it, and what its alarms watch with their thresholds.</summary>
    public static IEnumerable<Widget> Section(Watched part)
    {
        yield return Title(part.Title);
        foreach (var metric in part.Traffic)
            yield return Graph(metric, []);
        foreach (var watched in part.Alarms.GroupBy(kind => (kind.Metric.Name, kind.Metric.Dimensions[0].Value)))
            yield return Graph(watched.First().Metric, [.. watched]);
    }

    public static Widget Title(string text) => new("text", Columns, 1, new() { ["markdown"] = $"## {text}" });

    public static Widget Alarms(string title, IEnumerable<string> arns) =>
        new("alarm", Columns, 3, new() { ["title"] = title, ["alarms"] = new JsonArray([.. arns.Select(arn => JsonValue.Create(arn))]) });

    public static Widget Graph(WatchedMetric metric, IReadOnlyList<AlarmKind> alarms)
    {
        var line = new JsonArray(metric.Namespace, metric.Name);
        foreach (var (name, value) in metric.Dimensions)
        {
            line.Add(name);
            line.Add(value);
        }
        var properties = new JsonObject
        {
            ["title"] = alarms.Count == 0 ? metric.Name : string.Join(", ", alarms.Select(alarm => alarm.What)),
            ["metrics"] = new JsonArray(line),
            ["stat"] = metric.Statistic,
            ["period"] = 300,
        };
        if (alarms.Count > 0)
        {
            properties["annotations"] = new JsonObject
            {
                ["horizontal"] = new JsonArray([.. alarms.Select(alarm => new JsonObject { ["label"] = alarm.What, ["value"] = alarm.Threshold })]),
            };
        }
        return new("metric", GraphWidth, GraphHeight, properties);
    }

    private static JsonArray Place(IReadOnlyList<Widget> widgets, string region)
    {
        var placed = new JsonArray();
        var (x, y, row) = (0, 0, 0);
        foreach (var widget in widgets)
        {
            if (x + widget.Width > Columns)
                (x, y, row) = (0, y + row, 0);
            if (widget.Type == "metric")
                widget.Properties["region"] = region;
            placed.Add(new JsonObject { ["type"] = widget.Type, ["x"] = x, ["y"] = y, ["width"] = widget.Width, ["height"] = widget.Height, ["properties"] = widget.Properties });
            (x, row) = (x + widget.Width, Math.Max(row, widget.Height));
        }
        return placed;
    }
}
