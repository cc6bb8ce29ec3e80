using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Actions;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot;

internal sealed record GetRetainedMessageRequest(string Topic);

internal sealed record GetRetainedMessageResponse(string Topic, byte[] Payload, int Qos, long LastModifiedTime);

internal sealed record ListRetainedMessagesRequest(int? MaxResults = null, string? NextToken = null);

internal sealed record ListRetainedMessagesResponse(IReadOnlyList<RetainedTopic> RetainedTopics, string? NextToken);

internal sealed record RetainedTopic(string Topic, int PayloadSize, int Qos, long LastModifiedTime);

/// <summary>IoT Core's data plane over HTTPS: <see href="https://docs.aws.amazon.com/iot/latest/apireference/API_Operations_AWS_IoT_Data_Plane.html"/>.</summary>
internal sealed class IotDataService : IRestService
{
    private readonly OperationTable _operations;
    private readonly RestJsonRoutes _routes;
    private readonly IotState _state;
    private readonly Republishing _publishing;
    private readonly IotMetrics _metrics;
    private readonly TimeProvider _time;

    public IotDataService(IotState state, Republishing publishing, IotMetrics metrics, TimeProvider time)
    {
        (_state, _publishing, _metrics, _time) = (state, publishing, metrics, time);
        _operations = new OperationTable("IoT Data", Wire.Camel)
            .Add<GetRetainedMessageRequest, GetRetainedMessageResponse>("GetRetainedMessage", GetRetained)
            .Add<ListRetainedMessagesRequest, ListRetainedMessagesResponse>("ListRetainedMessages", ListRetained);
        _routes = new RestJsonRoutes(_operations)
            .Add("GET", "/retainedMessage/{topic}", "GetRetainedMessage")
            .Add("GET", "/retainedMessage", "ListRetainedMessages");
    }

    public string SigningName => "iotdata";

    public string Service => "IoT Data";

    public IEnumerable<string> Operations => [.. _operations.Names, "Publish"];

    // A payload is no member of a JSON request, and a topic's slashes aren't the path's: clients escape them, and some don't.
    public Task HandleAsync(Call call, HttpContext http)
    {
        const string topics = "/topics/";
        var path = http.Request.Path.Value ?? "";
        return http.Request.Method == "POST" && path.StartsWith(topics, StringComparison.Ordinal)
            ? PublishAsync(call, Uri.UnescapeDataString(path[topics.Length..]), http)
            : _routes.HandleAsync(call, http);
    }

    private async Task PublishAsync(Call call, string topic, HttpContext http)
    {
        try
        {
            call.Authorize("iot:Publish", call.Arn("iot", $"topic/{topic}"));
            using var body = await RequestBody.ReadAsync(http.Request);
            var message = Message(call, topic, http, body.Memory.ToArray());
            var (qos, retain) = (Number(http, "qos"), http.Request.Query["retain"] == "true");
            if (qos is < 0 or > 1)
                throw IotErrors.Invalid($"The quality of service {qos} isn't 0 or 1.");
            if (retain)
                Retained.Put(_state, message.Home!.Value, topic, message.Payload.ToArray(), qos, _time.GetUtcNow());
            await _publishing.PublishAsync([message], qos, retain);
            _metrics.Broker(message.Home!.Value, "PublishIn.Success", "Http");
            await http.Response.WriteAsJsonAsync(new { message = "OK", traceId = message.TraceId });
        }
        catch (ServiceException error)
        {
            _metrics.Broker(new(call.Account, call.Region), "PublishIn.ClientError", "Http");
            await JsonProtocol.WriteErrorAsync(http.Response, error);
        }
    }

    private static InboundMessage Message(Call call, string topic, HttpContext http, byte[] payload)
    {
        if (TopicNames.Problem(topic) is { } problem)
            throw IotErrors.Invalid(problem);
        if (payload.Length > TopicNames.MaxPayload)
            throw new ServiceException("RequestEntityTooLargeException", $"The payload is larger than {TopicNames.MaxPayload / 1024} KB.", 413);
        var properties = new Dictionary<string, string>();
        if (http.Request.Query["contentType"].ToString() is { Length: > 0 } contentType)
            properties["content_type"] = contentType;
        if (http.Request.Query["responseTopic"].ToString() is { Length: > 0 } responseTopic)
            properties["response_topic"] = responseTopic;
        if (http.Request.Headers["x-amz-mqtt5-correlation-data"].ToString() is { Length: > 0 } correlation)
            properties["correlation_data"] = correlation;
        if (http.Request.Headers["x-amz-mqtt5-payload-format-indicator"].ToString() is { Length: > 0 } format)
            properties["format_indicator"] = format;
        return new InboundMessage(topic, payload)
        {
            Home = new Home(call.Account, call.Region),
            Principal = call.Principal.Account,
            SourceIp = http.Connection.RemoteIpAddress?.ToString(),
            Properties = properties,
            UserProperties = UserProperties(http.Request.Headers["x-amz-mqtt5-user-properties"].ToString()),
        };
    }

    // [{"name":"value"},…], in base64 as headers with JSON are.
    private static List<KeyValuePair<string, string>> UserProperties(string header)
    {
        if (header.Length == 0)
            return [];
        try
        {
            var pairs = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(header)))!.AsArray();
            return [.. pairs.SelectMany(pair => pair!.AsObject()).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.ToString()))];
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException)
        {
            throw IotErrors.Invalid("The user properties aren't a JSON array of objects in base64.");
        }
    }

    private static int Number(HttpContext http, string name) =>
        int.TryParse(http.Request.Query[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private GetRetainedMessageResponse GetRetained(Call call, GetRetainedMessageRequest request)
    {
        call.Authorize("iot:GetRetainedMessage", call.Arn("iot", $"topic/{request.Topic}"));
        return _state.Retained.TryGet(IotState.Key(call, request.Topic), out var message)
            ? new(message.Topic, message.Payload, message.Qos, message.LastModified.ToUnixTimeMilliseconds())
            : throw IotErrors.Missing($"A retained message of the topic {request.Topic}");
    }

    private ListRetainedMessagesResponse ListRetained(Call call, ListRetainedMessagesRequest request)
    {
        call.Authorize("iot:ListRetainedMessages", "*");
        var page = Page<RetainedMessage>.Of(_state.Retained.In(call.Account, call.Region), request.NextToken, request.MaxResults ?? 200, "InvalidRequestException");
        return new([.. page.Items.Select(one => new RetainedTopic(one.Topic, one.Payload.Length, one.Qos, one.LastModified.ToUnixTimeMilliseconds()))], page.Next);
    }
}

/// <summary>Retained messages outlive the broker's process.</summary>
internal static class Retained
{
    /// <summary>An empty payload takes the topic's message away.</summary>
    public static void Put(IotState state, Home home, string topic, byte[] payload, int qos, DateTimeOffset now)
    {
        if (payload.Length == 0)
            state.Retained.Remove(new(home.Account, home.Region, topic));
        else
            state.Retained.Put(new(home.Account, home.Region, topic), new(topic, payload, qos, now));
    }
}
