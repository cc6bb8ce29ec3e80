using System.Collections.Concurrent;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.S3;

public sealed class KillTests : IAsyncLifetime
{
    private readonly LocalCloudProcess _cloud = new();

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Kill_WhileObjectsArePut_LosesNoneThatWasAcknowledgedAndShowsNoneInPart()
    {
        using var http = new HttpClient { BaseAddress = _cloud.Endpoint };
        (await http.PutAsync("/lake", null)).EnsureSuccessStatusCode();
        var acknowledged = new ConcurrentDictionary<string, byte[]>();
        for (var round = 0; round < 3; round++)
        {
            using var enough = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 8).Select(writer => WriteAsync(http, $"{round}-{writer}", acknowledged, enough.Token))
                .ToList();
            var before = acknowledged.Count;
            while (acknowledged.Count < before + 200)
                await Task.WhenAny(Task.WhenAll(writers), Task.Delay(10));
            await _cloud.KillAsync();
            await enough.CancelAsync();
            await Task.WhenAll(writers);
            await _cloud.StartAsync();
        }

        foreach (var (key, content) in acknowledged)
            (await http.GetByteArrayAsync($"/lake/{key}")).AsSpan().SequenceEqual(content).ShouldBeTrue(key);
        var listing = await http.GetStringAsync("/lake?list-type=2&max-keys=1");
        listing.ShouldContain("<KeyCount>1</KeyCount>");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_cloud.DataDirectory, "s3", "lake", "objects")))
            new FileInfo(file).Length.ShouldBeGreaterThan(0);
    }

    // Every writer puts new keys and replaces old ones, until the cloud is gone.
    private static async Task WriteAsync(HttpClient http, string name, ConcurrentDictionary<string, byte[]> acknowledged,
        CancellationToken enough)
    {
        var random = new Random(name.GetHashCode(StringComparison.Ordinal));
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var content = new byte[random.Next(1, 100_000)];
            random.NextBytes(content);
            try
            {
                (await http.PutAsync($"/lake/{name}/{i}", new ByteArrayContent(content), enough)).EnsureSuccessStatusCode();
                acknowledged[$"{name}/{i}"] = content;
            }
            catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
            {
                return;
            }
        }
    }
}
