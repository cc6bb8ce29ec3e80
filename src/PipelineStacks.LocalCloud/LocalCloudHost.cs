using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud;

/// <summary>A running local cloud: one HTTP server on the loopback address for all services.</summary>
internal sealed class LocalCloudHost : IAsyncDisposable
{
    // Where virtual time starts, so that what depends on the date is the same in every run.
    private static readonly DateTimeOffset VirtualStart = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    private readonly WebApplication _app;

    private LocalCloudHost(WebApplication app) => _app = app;

    public Uri Endpoint => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public IServiceProvider Services => _app.Services;

    public string DataDirectory => _app.Services.GetRequiredService<DataDirectory>().Root;

    /// <exception cref="IOException">The port is in use or the data directory can't be used.</exception>
    public static async Task<LocalCloudHost> StartAsync(LocalCloudOptions options, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "local-cloud" });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            // Objects are as large as S3 takes them; services check the sizes that AWS checks.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        // Constructed here, not by the container: a directory that can't be used is an error of the start, told in one line.
        var data = new DataDirectory(options.DataDirectory);
        builder.Services.AddSingleton(options).AddSingleton(_ => data);
        Add(builder.Services, options);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        var router = app.Services.GetRequiredService<RequestRouter>();
        app.Run(http => http.Request.Path.StartsWithSegments("/_local", out var rest) ? ControlAsync(app, rest, http) : router.HandleAsync(http));
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new LocalCloudHost(app);
    }

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Add(IServiceCollection services, LocalCloudOptions options)
    {
        services.AddSingleton<IAuthorizer, AllowEverything>().AddSingleton<Sessions>().AddSingleton<Callers>();
        services.AddSingleton<StateStore>();
        if (options.VirtualTime)
            services.AddSingleton<CloudClock>(provider => new VirtualClock(VirtualStart, provider.GetRequiredService<ILogger<VirtualClock>>()));
        else
            services.AddSingleton<CloudClock, RealClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<CloudClock>());
        services.AddSingleton<JsonProtocol>().AddSingleton<QueryProtocol>().AddSingleton<RequestRouter>();
        CloudFormationModule.Add(services);
        ServiceModules.Add(services);
    }

    // What a real cloud has no need of: whether it is up, and moving virtual time.
    private static async Task ControlAsync(WebApplication app, PathString path, HttpContext http)
    {
        switch (path.Value)
        {
            case "/health":
                await http.Response.WriteAsJsonAsync(new { status = "ready" });
                break;
            case "/clock/advance" when app.Services.GetRequiredService<CloudClock>() is VirtualClock clock
                && double.TryParse(http.Request.Query["seconds"], System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds >= 0:
                await clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));
                await http.Response.WriteAsJsonAsync(new { now = clock.GetUtcNow() });
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                await http.Response.WriteAsJsonAsync(new
                {
                    message = "GET /_local/health, or with --virtual-time POST /_local/clock/advance?seconds=N",
                });
                break;
        }
    }
}
