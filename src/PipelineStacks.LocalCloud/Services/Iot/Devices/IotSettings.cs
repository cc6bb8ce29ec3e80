using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Iot.Broker;
using PipelineStacks.LocalCloud.Services.Iot.Contracts;
using PipelineStacks.LocalCloud.Services.Iot.Rules;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Iot.Devices;

/// <summary>What an account has one of in a Region: its endpoint and how it logs.</summary>
internal sealed class IotSettings(IotState state, BrokerPorts ports)
{
    private static readonly string[] Endpoints = ["iot:Data", "iot:Data-ATS"];

    /// <summary>On AWS the ports are always the same; here they are part of the address.</summary>
    public DescribeEndpointResponse Endpoint(Call call, DescribeEndpointRequest request)
    {
        call.Authorize("iot:DescribeEndpoint", "*");
        var type = request.EndpointType ?? "iot:Data";
        if (!Endpoints.Contains(type))
            throw ServiceException.Unsupported($"The endpoint type {type}");
        return new($"127.0.0.1:{ports.Mqtt ?? throw ServiceException.Unsupported("An MQTT endpoint of a cloud that was started without one")}");
    }

    public Empty SetLogging(Call call, LoggingOptionsRequest request)
    {
        call.Authorize("iot:SetV2LoggingOptions", "*");
        var level = request.DefaultLogLevel ?? "ERROR";
        if (!IotLog.IsLevel(level))
            throw IotErrors.Invalid($"1 validation error detected: Value '{level}' at 'defaultLogLevel' failed to satisfy constraint: Member must satisfy enum value set: [DEBUG, INFO, ERROR, WARN, DISABLED]");
        var before = state.Logging.TryGet(Key(call), out var options) ? options : null;
        var role = request.RoleArn ?? before?.RoleArn ?? throw IotErrors.Invalid("Logging needs a role: roleArn is missing.");
        state.Logging.Put(Key(call), new(role, level, request.DisableAllLogs));
        return Empty.Value;
    }

    public LoggingOptions GetLogging(Call call, GetLoggingOptionsRequest request)
    {
        call.Authorize("iot:GetV2LoggingOptions", "*");
        return state.Logging.TryGet(Key(call), out var options)
            ? new(options.RoleArn, options.DefaultLogLevel, options.DisableAllLogs)
            : throw new ServiceException("NotConfiguredException", "Logging is not configured.", 404);
    }

    public void RemoveLogging(Call call)
    {
        call.Authorize("iot:SetV2LoggingOptions", "*");
        state.Logging.Remove(Key(call));
    }

    private static ResourceKey Key(Call call) => IotState.Key(call, "logging");
}
