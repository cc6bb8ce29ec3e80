namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>What is kept of a metric's values over a time: enough for every statistic but percentiles.</summary>
internal readonly record struct Statistics(double Sum, double Count, double Minimum, double Maximum)
{
    public static Statistics Of(double value, double count = 1) => new(value * count, count, value, value);

    public double Average => Sum / Count;

    public static Statistics operator +(Statistics a, Statistics b) =>
        a.Count == 0 ? b : b.Count == 0 ? a : new(a.Sum + b.Sum, a.Count + b.Count, Math.Min(a.Minimum, b.Minimum), Math.Max(a.Maximum, b.Maximum));
}
