using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Tests.Starting;

public sealed class StoppingTests
{
    [Fact]
    public async Task Stop_WithARequestInProgress_AnswersItBeforeTheServicesStop()
    {
        var service = new Slow();
        var cloud = await LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0 }, services => services
            .AddSingleton<IJsonService>(service).AddSingleton<IHostedService>(service));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", "Slow.Work");
        var answer = http.SendAsync(request);
        await service.Begun.Task;

        var lifetime = cloud.Services.GetRequiredService<IHostApplicationLifetime>();
        var stop = cloud.DisposeAsync().AsTask();
        lifetime.ApplicationStopping.WaitHandle.WaitOne(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        service.Finish.SetResult();

        (await (await answer).Content.ReadAsStringAsync()).ShouldBe("""{"Stopped":false}""");
        await stop;
        service.Stopped.ShouldBeTrue();
    }

    private sealed class Slow : IJsonService, IHostedService
    {
        public Slow() => Operations = new OperationTable("Slow").AddAsync<Empty, Answer>("Work", async (call, _) =>
        {
            call.Authorize("slow:Work", "*");
            Begun.SetResult();
            await Finish.Task;
            return new(Stopped);
        });

        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Finish { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Stopped { get; private set; }

        public string TargetPrefix => "Slow";

        public OperationTable Operations { get; }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Stopped = true;
            return Task.CompletedTask;
        }
    }

    private sealed record Answer(bool Stopped);
}
