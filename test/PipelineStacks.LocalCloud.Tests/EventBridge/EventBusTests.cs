using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.EventBridge;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Tests.EventBridge;

public sealed class EventBusTests
{
    [Fact]
    public async Task Event_Published_ReachesSubscribersInItsEnvelope()
    {
        var heard = new Recorder();
        await using var cloud = await LocalCloudHost.StartAsync(
            new LocalCloudOptions { Port = 0, VirtualTime = true }, services => services.AddSingleton<IEventSubscriber>(heard));
        cloud.Services.GetRequiredService<IEventBus>().Publish("123456789012", "eu-west-1", "aws.s3", "Object Created", ["arn:aws:s3:::b"], new JsonObject { ["key"] = "k" });
        heard.Events.ShouldBeEmpty();
        await ((VirtualClock)cloud.Services.GetRequiredService<CloudClock>()).AdvanceAsync(TimeSpan.Zero);

        var envelope = heard.Events.Single().ToJson();
        Guid.TryParse(envelope["id"]!.GetValue<string>(), out _).ShouldBeTrue();
        envelope["id"] = "x";
        envelope.ToJsonString().ShouldBe(
            """{"version":"0","id":"x","detail-type":"Object Created","source":"aws.s3","account":"123456789012","time":"2026-11-20T09:00:00Z","region":"eu-west-1","resources":["arn:aws:s3:::b"],"detail":{"key":"k"}}""");
    }

    [Fact]
    public async Task PutEvents_WithBadEntries_PublishesTheGoodOnes()
    {
        var cloud = new TestCloud();
        await cloud.InitializeAsync();
        var answer = await cloud.JsonAsync("AWSEvents.PutEvents", """
            {"Entries":[{"Source":"app","DetailType":"t","Detail":"{\"a\":1}"},{"Source":"app","DetailType":"t","Detail":"{"},
                        {"Source":"aws.s3","DetailType":"t","Detail":"{}"},{"Source":"app","Detail":"{}"}]}
            """);
        answer["FailedEntryCount"]!.GetValue<int>().ShouldBe(3);
        answer["Entries"]!.AsArray().Select(entry => entry!["ErrorCode"]?.GetValue<string>())
            .ShouldBe([null, "MalformedDetail", "NotAuthorizedForSourceException", "InvalidArgument"]);
        JsonNode.Parse(cloud.Get<EventJournal>().Read().Single())!["detail"]!.ToJsonString().ShouldBe("""{"a":1}""");
        await cloud.DisposeAsync();
    }

    [Fact]
    public void Journal_OfMoreThanItsSize_KeepsTheNewest()
    {
        using var data = new DataDirectory(null);
        using var journal = new EventJournal(data);
        var padding = new string('x', 100_000);
        for (var i = 0; i < 200; i++)
            journal.Append(new JsonObject { ["n"] = i, ["padding"] = padding });
        var kept = journal.Read().Select(line => JsonNode.Parse(line)!["n"]!.GetValue<int>()).ToList();
        kept.ShouldBe(Enumerable.Range(200 - kept.Count, kept.Count));
        Directory.EnumerateFiles(data.Folder("events")).Sum(file => new FileInfo(file).Length).ShouldBeLessThanOrEqualTo(8 * 1024 * 1024);
    }

    private sealed class Recorder : IEventSubscriber
    {
        public List<Event> Events { get; } = [];

        public Task OnEventAsync(Event published)
        {
            Events.Add(published);
            return Task.CompletedTask;
        }
    }
}
