using PipelineStacks.Cli.Output;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Devices;

/// <summary>The datasets that devices publish.</summary>
internal static class Topics
{
    /// <summary>The dataset of that name, or the first one.</summary>
    /// <exception cref="UserError">Devices publish no such dataset.</exception>
    public static Dataset Find(string? name)
    {
        var all = DatasetCatalog.All.Where(dataset => dataset.Source is TopicSource).ToList();
        return all.FirstOrDefault(dataset => name is null || dataset.Name == name)
            ?? throw new UserError($"Unknown dataset '{name}'. Devices publish {string.Join(", ", all.Select(dataset => dataset.Name))}.");
    }
}

/// <summary>Runs a fleet and shows how far it is.</summary>
internal static class FleetRun
{
    public static async Task<FleetReport> RunAsync(CliContext context, Fleet fleet, FleetOptions options, CancellationToken cancel)
    {
        var total = (long)options.Devices * options.Messages;
        var start = context.Time.GetTimestamp();
        await context.Terminal.ShowAsync(
            "Publishing", total, () => new ProgressState(Math.Min(total, fleet.Tally.PublishedCount), $"{ProgressState.Of(fleet.Tally.PublishedCount, total)} messages"),
            () => fleet.RunAsync(cancel), context.Time);
        return new(options.Devices, fleet.Tally, options.Seed, fleet.First, context.Time.GetElapsedTime(start));
    }
}
