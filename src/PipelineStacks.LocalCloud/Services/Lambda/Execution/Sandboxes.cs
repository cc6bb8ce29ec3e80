using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.Logs;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>The functions' processes: warm ones are used again, and end when they were idle for long, are outdated, or with the cloud.</summary>
internal sealed class Sandboxes : IHostedService, IDisposable
{
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(10);

    private readonly Dictionary<ResourceKey, List<Lease>> _idle = [];
    private readonly HashSet<Lease> _all = [];
    private readonly CodeStore _code;
    private readonly RuntimeApi _api;
    private readonly CloudEndpoint _endpoint;
    private readonly Callers _callers;
    private readonly Sessions _sessions;
    private readonly LogGroups _groups;
    private readonly LogStreams _streams;
    private readonly ILogSink _sink;
    private readonly RuntimeAuthorities _authorities;
    private readonly CloudClock _clock;
    private readonly CancellationTokenRegistration _stopping;
    private bool _stopped;

    public Sandboxes(
        FunctionStore functions, CodeStore code, RuntimeApi api, CloudEndpoint endpoint, Callers callers, Sessions sessions, LogGroups groups,
        LogStreams streams, ILogSink sink, RuntimeAuthorities authorities, CloudClock clock, IHostApplicationLifetime lifetime)
    {
        (_code, _api, _endpoint, _callers, _sessions) = (code, api, endpoint, callers, sessions);
        (_groups, _streams, _sink, _authorities, _clock) = (groups, streams, sink, authorities, clock);
        functions.Changed += Retire;
        // Before the server stops: idle processes wait for an answer, which would hold up the end.
        _stopping = lifetime.ApplicationStopping.Register(RetireAll);
    }

    /// <summary>A process of the function as it is now: a warm one, or a new one that is yet to be started.</summary>
    public Lease Take(ResourceKey key, FunctionState function)
    {
        lock (_all)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_idle.TryGetValue(key, out var idle))
                while (idle.Count > 0)
                {
                    var warm = idle[^1];
                    idle.RemoveAt(idle.Count - 1);
                    if (!warm.Sandbox.HasEnded && warm.Sandbox.Function.RevisionId == function.RevisionId)
                        return warm;
                    End(warm);
                }

            var made = Make(key, function);
            _all.Add(made);
            return made;
        }
    }

    /// <summary>Starts the process of a new lease.</summary>
    public Task<Answer?> StartAsync(Lease lease, string requestId)
    {
        var root = _code.TaskRoot(lease.Sandbox.Function.Code);
        var environment = RuntimeCommand.EnvironmentOf(lease.Sandbox.Function, lease.Key.Region, root, lease.Sandbox.Log);
        _authorities.Place(environment);
        environment["AWS_LAMBDA_RUNTIME_API"] = lease.Address;
        environment["AWS_ENDPOINT_URL"] = lease.Sandbox.Function.Environment.GetValueOrDefault("AWS_ENDPOINT_URL", _endpoint.Url);
        environment["AWS_ACCESS_KEY_ID"] = lease.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = RandomNumberGenerator.GetHexString(40, lowercase: true);
        environment["AWS_SESSION_TOKEN"] = RandomNumberGenerator.GetHexString(120, lowercase: true);
        return lease.Sandbox.StartAsync(lease.Command.StartInfo(root, environment), requestId);
    }

    /// <summary>Keeps the process for the next invocation, if it can have one.</summary>
    public void Return(Lease lease, bool usable)
    {
        lock (_all)
        {
            if (!usable || _stopped || lease.Retired || lease.Sandbox.HasEnded)
            {
                End(lease);
                return;
            }

            if (!_idle.TryGetValue(lease.Key, out var idle))
                _idle.Add(lease.Key, idle = []);
            idle.Add(lease);
            lease.LastUse = _clock.GetUtcNow();
            if (!lease.Used)
                EndWhenIdle(lease);
            lease.Used = true;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_all)
            foreach (var lease in _all.ToList())
                End(lease);
        return Task.CompletedTask;
    }

    public void Dispose() => _stopping.Dispose();

    private Lease Make(ResourceKey key, FunctionState function)
    {
        var command = RuntimeCommand.Of(function, _code.TaskRoot(function.Code));
        var log = new SandboxLog(_callers.ForRole(function.Role, key.Region, function.Name), _groups, _streams, _sink, _clock, function.LogGroupName);
        var sandbox = new Sandbox(function, command, log);
        var accessKeyId = Sessions.NewAccessKeyId();
        // Calls from inside the function are the role's; the key lives as long as the process.
        _sessions.Remember(accessKeyId, Principal.Session(function.Role, function.Name));
        return new(key, sandbox, command, _api.Open(sandbox), accessKeyId);
    }

    private void EndWhenIdle(Lease lease) => _clock.After(IdleLimit, "ending an idle process of Lambda", () =>
    {
        lock (_all)
        {
            if (_clock.GetUtcNow() - lease.LastUse >= IdleLimit && _idle.TryGetValue(lease.Key, out var idle) && idle.Remove(lease))
                End(lease);
            else if (_all.Contains(lease))
                EndWhenIdle(lease);
        }

        return Task.CompletedTask;
    });

    // Idle ones end now, busy ones after their invocation.
    private void Retire(ResourceKey key)
    {
        lock (_all)
        {
            foreach (var lease in _all.Where(lease => lease.Key == key))
                lease.Retired = true;
            if (_idle.Remove(key, out var idle))
                idle.ForEach(End);
        }
    }

    private void RetireAll()
    {
        lock (_all)
        {
            _stopped = true;
            foreach (var key in _idle.Keys.ToList())
                Retire(key);
        }
    }

    private void End(Lease lease)
    {
        _all.Remove(lease);
        _api.Close(lease.Address);
        _sessions.Forget(lease.AccessKeyId);
        lease.Sandbox.Dispose();
    }

    /// <summary>A process while it is somebody's.</summary>
    internal sealed class Lease(ResourceKey key, Sandbox sandbox, RuntimeCommand command, string address, string accessKeyId)
    {
        public ResourceKey Key => key;
        public Sandbox Sandbox => sandbox;
        public RuntimeCommand Command => command;
        public string Address => address;
        public string AccessKeyId => accessKeyId;
        public bool Retired { get; set; }
        public bool Used { get; set; }
        public DateTimeOffset LastUse { get; set; }
    }
}
