using System.Globalization;
using System.Text.Json;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>
/// Metrics on disk: a file for each day and run of the cloud, to which each flush appends what came in since the one before.
/// What earlier runs wrote is read, what this run wrote is still in memory.
/// </summary>
internal sealed class MetricFiles
{
    private const string DayFormat = "yyyy-MM-dd";

    private readonly string _folder;
    private readonly int _run;

    public MetricFiles(DataDirectory data)
    {
        _folder = data.Folder("metrics");
        _run = Files().Select(file => file.Run).DefaultIfEmpty().Max() + 1;
    }

    public void Append(IEnumerable<(MetricId Metric, long Minute, Statistics Values)> changes)
    {
        foreach (var day in changes.GroupBy(change => DayOf(change.Minute)))
        {
            using var file = new FileStream(FileOf(day.Key), FileMode.Append, FileAccess.Write, FileShare.Read);
            foreach (var (metric, minute, values) in day)
            {
                JsonSerializer.Serialize(file, Line.Of(metric, minute, values));
                file.WriteByte((byte)'\n');
            }
        }
    }

    public IEnumerable<(MetricId Metric, long Minute, Statistics Values)> ReadEarlierRuns()
    {
        foreach (var file in Files().Where(file => file.Run < _run))
            foreach (var text in File.ReadLines(file.Path))
                if (Read(text) is { } line)
                    yield return (line.Metric(), line.M, new(line.S, line.C, line.Lo, line.Hi));
    }

    public void DeleteBefore(DateOnly day)
    {
        foreach (var file in Files().Where(file => file.Day < day))
            File.Delete(file.Path);
    }

    // A killed run may leave a last line that ends in the middle.
    private static Line? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateOnly DayOf(long minute) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(minute * 60).UtcDateTime);

    private string FileOf(DateOnly day) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{day.ToString(DayFormat, CultureInfo.InvariantCulture)}.{_run}.jsonl"));

    private IEnumerable<(string Path, DateOnly Day, int Run)> Files() =>
        from path in Directory.GetFiles(_folder, "*.jsonl")
        let parts = Path.GetFileName(path).Split('.')
        where parts.Length == 3
        select (path, DateOnly.ParseExact(parts[0], DayFormat, CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));

    /// <summary>One metric's difference in one minute. Short names: they are in every line.</summary>
    private sealed record Line(
        string Account, string Region, string Namespace, string Name, string Unit, string[][] Dimensions, long M, double S, double C, double Lo, double Hi)
    {
        public static Line Of(MetricId metric, long minute, Statistics values) => new(
            metric.Account, metric.Region, metric.Namespace, metric.Name, metric.Unit,
            [.. metric.Dimensions.Pairs.Select(pair => new[] { pair.Name, pair.Value })], minute, values.Sum, values.Count, values.Minimum, values.Maximum);

        public MetricId Metric() => new(Account, Region, Namespace, Name, Unit, new([.. Dimensions.Select(pair => (pair[0], pair[1]))]));
    }
}
