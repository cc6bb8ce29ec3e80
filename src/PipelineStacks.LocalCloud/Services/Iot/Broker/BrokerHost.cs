using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Services.Iot.Devices;

namespace PipelineStacks.LocalCloud.Services.Iot.Broker;

/// <summary>Keeps the broker running: it is started with the cloud, and again whenever it dies. Its ports are told at <c>/_local/iot</c> once it listens.</summary>
internal sealed class BrokerHost(
    BrokerPorts ports, CertificateAuthority authority, IotState state, BrokerMessages messages, BrokerOutlet outlet, ILogger<BrokerHost> log) : IHostedService, ILocalPath, IDisposable
{
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile BrokerProcess? _process;
    private Task _running = Task.CompletedTask;

    public string Prefix => "/iot";

    public int? ProcessId => _process?.Id;

    public Task Ready => _ready.Task;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ports.Claim();
        // The cloud doesn't wait for Node: whoever needs the broker asks for its ports and waits there.
        if (ports.Mqtt is not null)
            _running = Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running;
    }

    public void Dispose() => _stop.Dispose();

    public async Task HandleAsync(PathString path, HttpContext http)
    {
        if (ports.Mqtt is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            await http.Response.WriteAsJsonAsync(new { message = "This cloud was started without an MQTT broker." });
            return;
        }

        await Ready.WaitAsync(TimeSpan.FromSeconds(30), http.RequestAborted);
        await http.Response.WriteAsJsonAsync(new { host = "127.0.0.1", mqttPort = ports.Mqtt, mqttsPort = ports.Mqtts, certificateAuthority = authority.Pem, processId = ProcessId });
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync();
            }
            catch (Exception error)
            {
                // Nothing awaits this loop while the cloud runs: what goes wrong is told here, and the broker is started again.
                log.LogError(error, "The MQTT broker failed");
            }

            if (!_stop.IsCancellationRequested)
                await Task.Delay(BetweenStarts);
        }
    }

    private async Task RunOnceAsync()
    {
        var (certificate, key) = authority.ForBroker();
        using var process = BrokerProcess.Start(new
        {
            port = ports.Mqtt,
            tlsPort = ports.Mqtts,
            certificate,
            key,
            authority = authority.Pem,
            retained = state.Retained.All.Select(one => new { t = one.Value.Topic, p = one.Value.Payload, q = one.Value.Qos, r = true }),
        });
        outlet.Process = _process = process;
        try
        {
            // At once where the end came before the process did.
            await using var stop = _stop.Token.Register(process.Kill);
            await process.ReadAsync(line => HandleAsync(process, line));
            if (_stop.IsCancellationRequested)
                return;
            log.LogWarning("The MQTT broker ended and is started again: {Errors}", (await process.Errors).Trim());
        }
        finally
        {
            outlet.Process = _process = null;
            process.Kill();
            if (_ready.Task.IsCompleted)
                _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task HandleAsync(BrokerProcess process, JsonElement line)
    {
        if (line.TryGetProperty("ready", out _))
            _ready.TrySetResult();
        else if (await messages.HandleAsync(line) is { } answer)
            process.Send(answer);
    }
}
