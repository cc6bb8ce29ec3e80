namespace PipelineStacks.LocalCloud.Services.CloudWatch;

/// <summary>Where services put their metrics, under the names, units and dimensions that the real ones emit.</summary>
internal interface IMetricSink
{
    void Put(MetricId metric, double value, DateTimeOffset at);
}

/// <summary>What a metric is identified by. Equal dimensions in another order are the same metric.</summary>
/// <param name="Namespace">As the service emits it: <c>AWS/Kinesis</c>.</param>
/// <param name="Unit">CloudWatch's name of the unit: <c>Count</c>, <c>Bytes</c>, <c>Milliseconds</c>, <c>Seconds</c>, <c>Percent</c>, <c>None</c>.</param>
internal sealed record MetricId(string Account, string Region, string Namespace, string Name, string Unit, Dimensions Dimensions);

/// <summary>A metric's dimensions, in the order of their names.</summary>
internal readonly struct Dimensions : IEquatable<Dimensions>
{
    private readonly (string Name, string Value)[]? _pairs;
    private readonly int _hash;

    public Dimensions(params (string Name, string Value)[] pairs)
    {
        _pairs = [.. pairs];
        Array.Sort(_pairs, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        // Once, since every value that is put looks its metric up by it.
        _hash = _pairs.Aggregate(17, HashCode.Combine);
    }

    public IReadOnlyList<(string Name, string Value)> Pairs => _pairs ?? [];

    public bool Equals(Dimensions other) => ReferenceEquals(_pairs, other._pairs) || _pairs.AsSpan().SequenceEqual(other._pairs);

    public override bool Equals(object? obj) => obj is Dimensions other && Equals(other);

    public override int GetHashCode() => _pairs is { Length: > 0 } ? _hash : 17;
}
