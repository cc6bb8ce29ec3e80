using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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
    private readonly DataDirectory _data;

    private LocalCloudHost(WebApplication app, DataDirectory data) => (_app, _data) = (app, data);

    public Uri Endpoint => _app.Services.GetRequiredService<CloudEndpoint>().Uri;

    public IServiceProvider Services => _app.Services;

    public string DataDirectory => _data.Root;

    /// <exception cref="IOException">The port is in use, or the data directory can't be used; see <see cref="StartErrors"/>.</exception>
    public static async Task<LocalCloudHost> StartAsync(LocalCloudOptions options, Action<IServiceCollection>? configure = null)
    {
        // Before everything else: a directory that can't be used is an error of the start, told in one line.
        var data = new DataDirectory(options.DataDirectory);
        try
        {
            return await StartAsync(options, data, configure);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        finally
        {
            // After everything that writes into it.
            _data.Dispose();
        }
    }

    private static async Task<LocalCloudHost> StartAsync(LocalCloudOptions options, DataDirectory data, Action<IServiceCollection>? configure)
    {
        var started = false;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "local-cloud" });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            // What keeps it from starting is thrown to the program, which tells it in one line; the host's stacks would hide that.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => started && level >= LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
            // Objects are as large as S3 takes them; services check the sizes that AWS checks.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
        });
        // What is being answered is answered at the end, but a client that holds its connection open can't hold up the end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddSingleton(options).AddSingleton(data);
        Add(builder.Services, options);
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        try
        {
            var router = app.Services.GetRequiredService<RequestRouter>();
            var control = app.Services.GetRequiredService<LocalControl>();
            app.Run(http => http.Request.Path.StartsWithSegments(LocalControl.Root, out var rest) ? control.HandleAsync(rest, http) : router.HandleAsync(http));
            await app.StartAsync();
            started = true;
        }
        catch
        {
            // What had started before goes on in the background, and would write into a directory that is being deleted.
            await app.StopAsync();
            await app.DisposeAsync();
            throw;
        }

        return new LocalCloudHost(app, data);
    }

    private static void Add(IServiceCollection services, LocalCloudOptions options)
    {
        services.AddSingleton(new CalledActions(new AllowEverything()))
            .AddSingleton<IAuthorizer>(provider => provider.GetRequiredService<CalledActions>()).AddSingleton<ILocalPath>(provider => provider.GetRequiredService<CalledActions>());
        services.AddSingleton<Sessions>().AddSingleton<Callers>();
        services.AddSingleton<StateStore>();
        if (options.VirtualTime)
            services.AddSingleton<CloudClock>(provider => new VirtualClock(VirtualStart, provider.GetRequiredService<ILogger<VirtualClock>>()));
        else
            services.AddSingleton<CloudClock, RealClock>();
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<CloudClock>());
        services.AddSingleton<JsonProtocol>().AddSingleton<QueryProtocol>().AddSingleton<RequestRouter>().AddSingleton<LocalControl>().AddSingleton<CloudEndpoint>();
        CloudFormationModule.Add(services);
        ServiceModules.Add(services);
    }
}
