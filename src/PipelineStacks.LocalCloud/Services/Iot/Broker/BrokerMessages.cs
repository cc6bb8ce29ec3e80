using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Iot.Devices;
using PipelineStacks.LocalCloud.Services.Iot.Rules;

namespace PipelineStacks.LocalCloud.Services.Iot.Broker;

/// <summary>What the broker tells and asks: batches of messages, connections, counts of what it refused itself.</summary>
internal sealed class BrokerMessages(IotState state, DeviceAccess access, RuleIndex index, RulesEngine engine, IotMetrics metrics, IotLog log, TimeProvider time)
{
    private const string Protocol = "Mqtt";
    private static readonly Home Nowhere = new("000000000000", Callers.DefaultRegion);

    public async Task<object?> HandleAsync(JsonElement line)
    {
        if (line.TryGetProperty("batch", out var batch))
            return await RunAsync(batch.GetInt64(), line.GetProperty("messages"));
        if (line.TryGetProperty("connect", out var connect))
            return Connect(connect);
        if (line.TryGetProperty("subscribe", out var subscribe))
            return Subscribe(subscribe);
        if (line.TryGetProperty("events", out var events))
        {
            foreach (var one in events.EnumerateArray())
                Count(Homes(Text(one, "f")), one.GetProperty("name").GetString()!, one.TryGetProperty("count", out var count) ? count.GetInt32() : 1, one);
            return null;
        }

        throw new InvalidOperationException($"The MQTT broker said {line}, which is not known.");
    }

    private async Task<object> RunAsync(long id, JsonElement lines)
    {
        var accepted = new List<InboundMessage>(lines.GetArrayLength());
        var refused = new List<int>();
        var at = 0;
        foreach (var line in lines.EnumerateArray())
        {
            var message = Read(line);
            if (message.Principal is { } certificate && !access.Allows(certificate, message.ClientId!, "iot:Publish", "topic", message.Topic))
            {
                refused.Add(at);
                metrics.Broker(message.Home ?? Nowhere, "PublishIn.AuthError", Protocol);
                log.Broker(message.Home ?? Nowhere, "Publish-In", "Failure", message.ClientId, message.Topic, certificate, "The policy doesn't allow it.");
            }
            else
            {
                accepted.Add(message);
                if (line.TryGetProperty("r", out _))
                    Retain(message, line);
            }

            at++;
        }

        await engine.RunAsync(accepted);
        foreach (var home in accepted.GroupBy(message => message.Home))
            foreach (var one in home.Key is { } own ? [own] : Homes(null))
                metrics.Broker(one, "PublishIn.Success", Protocol, home.Count());
        return new { ack = id, refused };
    }

    private InboundMessage Read(JsonElement line)
    {
        var certificate = Text(line, "f");
        return new InboundMessage(Text(line, "t")!, line.GetProperty("p").GetBytesFromBase64())
        {
            ClientId = Text(line, "c"),
            SourceIp = Text(line, "i"),
            Principal = certificate,
            Home = certificate is null ? null : access.HomeOf(certificate),
            Properties = line.TryGetProperty("m", out var properties) ? properties.Deserialize<Dictionary<string, string>>() : null,
            UserProperties = line.TryGetProperty("u", out var user)
                ? [.. user.EnumerateArray().Select(pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString()!))]
                : null,
        };
    }

    private void Retain(InboundMessage message, JsonElement line)
    {
        foreach (var home in message.Home is { } own ? [own] : Homes(null))
        {
            Retained.Put(state, home, message.Topic, message.Payload.ToArray(), line.GetProperty("q").GetInt32(), time.GetUtcNow());
            metrics.Broker(home, "PublishRetained.Success", Protocol);
        }
    }

    private object Connect(JsonElement line)
    {
        var (clientId, certificate) = (Text(line, "c")!, Text(line, "f"));
        var allow = certificate is null || access.Allows(certificate, clientId, "iot:Connect", "client", clientId);
        Count(Homes(certificate), allow ? "Connect.Success" : "Connect.AuthError", 1, line);
        return new { reply = line.GetProperty("id").GetInt64(), allow };
    }

    private object Subscribe(JsonElement line)
    {
        var (clientId, certificate) = (Text(line, "c")!, Text(line, "f")!);
        var allow = access.Allows(certificate, clientId, "iot:Subscribe", "topicfilter", Text(line, "t")!);
        Count(Homes(certificate), allow ? "Subscribe.Success" : "Subscribe.AuthError", 1, line);
        return new { reply = line.GetProperty("id").GetInt64(), allow };
    }

    private void Count(IReadOnlyCollection<Home> homes, string metric, int count, JsonElement line)
    {
        foreach (var home in homes)
        {
            metrics.Broker(home, metric, Protocol, count);
            if (metric.EndsWith("Error", StringComparison.Ordinal) || metric == "Connect.Success")
                log.Broker(home, metric.Split('.')[0], metric.EndsWith("Error", StringComparison.Ordinal) ? "Failure" : "Success", Text(line, "c"), Text(line, "t"), Text(line, "f"), Text(line, "why"));
        }
    }

    // A device without a certificate belongs to no Region: whoever has rules sees it.
    private IReadOnlyCollection<Home> Homes(string? certificate) =>
        certificate is not null && access.HomeOf(certificate) is { } own ? [own] : index.Rules.Count > 0 ? [.. index.Rules.Keys] : [Nowhere];

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;
}
