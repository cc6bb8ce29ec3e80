namespace PipelineStacks.Model.Datasets;

/// <summary>The datasets of this project. Adding one is a definition beside <see cref="FilmEvents"/>, <see cref="PlayLogs"/> or <see cref="DeviceReadings"/> and its name here, or a table in <see cref="Sakila"/>.</summary>
public static class DatasetCatalog
{
    /// <summary>Every dataset, checked.</summary>
    /// <exception cref="DatasetException">A definition can't be used.</exception>
    public static IReadOnlyList<Dataset> All => DatasetRules.Checked([FilmEvents.Definition, .. Sakila.Definitions, PlayLogs.Definition, DeviceReadings.Definition]);

    /// <summary>The pipelines that feed the datasets, in the order of their first one.</summary>
    public static IReadOnlyList<string> Pipelines => [.. All.Select(dataset => dataset.Pipeline).Distinct()];

    /// <summary>The dataset of that name.</summary>
    /// <exception cref="DatasetException">There is none.</exception>
    public static Dataset Find(string name)
    {
        var all = All;
        return all.FirstOrDefault(dataset => dataset.Name == name)
            ?? throw new DatasetException([$"Unknown dataset '{name}'. Known are {string.Join(", ", all.Select(dataset => dataset.Name))}."]);
    }
}
