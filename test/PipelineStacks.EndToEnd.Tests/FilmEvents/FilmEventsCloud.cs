using System.Text.Json;
using PipelineStacks.EndToEnd.Tests.Cli;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.FilmEvents;

/// <summary>Classes that ask about one deployment, each about datasets of its own.</summary>
[CollectionDefinition(nameof(FilmEventsCloud))]
public sealed class FilmEventsCollection : ICollectionFixture<FilmEventsCloud>;

/// <summary>
/// The app's dev environment, deployed by the CDK CLI into a cloud whose time stands still, with some thousand events of the
/// generator's, a few of them broken, delivered by moving time on.
/// </summary>
public sealed class FilmEventsCloud : IAsyncLifetime
{
    public const int Sent = 4000;

    // Without limits, since no second passes in which a shard would take more.
    public LocalCloudProcess Cloud { get; } = new() { Options = ["--virtual-time", "--no-limits"] };

    /// <summary>How many records were broken, by the way in which.</summary>
    internal IReadOnlyDictionary<string, int> Broken { get; private set; } = null!;

    internal int BrokenInAll => Broken.Values.Sum();

    public async Task InitializeAsync()
    {
        await Cloud.StartAsync();
        await Cloud.DeployDevAsync();
        var report = await Cloud.PipelinesAsync("generate", "film_events", "--count", $"{Sent}", "--broken", "0.01", "--seed", "7", "--format", "json");
        var counts = JsonDocument.Parse(report.Succeeded()).RootElement;
        counts.GetProperty("accepted").GetInt32().ShouldBe(Sent);
        Broken = counts.GetProperty("broken").EnumerateObject().ToDictionary(kind => kind.Name, kind => kind.Value.GetInt32());
        await Cloud.AdvanceAsync(TimeSpan.FromSeconds(70));
    }

    public async Task DisposeAsync() => await Cloud.DisposeAsync();

    /// <summary>What <c>pipelines query</c> prints.</summary>
    internal async Task<string> QueryAsync(string sql, string format = "csv") =>
        (await Cloud.PipelinesAsync("query", sql, "--format", format)).Succeeded().ReplaceLineEndings("\n").TrimEnd();

    /// <summary>An output of one of the deployed stacks.</summary>
    internal Task<string> OutputAsync(string stack, string name) => Cloud.OutputAsync($"pipelines-dev-{stack}", name);
}
