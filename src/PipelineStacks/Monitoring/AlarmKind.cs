namespace PipelineStacks.Monitoring;

/// <summary>When an alarm fires, why that matters, and who is told. An alarm is a kind and the subject whose name it takes.</summary>
public sealed record AlarmKind
{
    /// <summary>The runbook that has a section for it: <c>stream</c> for docs/runbooks/stream.md.</summary>
    public required string Family { get; init; }

    /// <summary>The end of its name, and its section in the runbook.</summary>
    public required string What { get; init; }

    /// <summary>A sentence or two for the person who is told.</summary>
    public required string Why { get; init; }

    /// <summary>Whether it can wait for the morning.</summary>
    public Severity Severity { get; init; } = Severity.Warning;

    /// <summary>What is watched.</summary>
    public required WatchedMetric Metric { get; init; }

    /// <summary>Where it begins to be wrong, in the metric's unit.</summary>
    public required double Threshold { get; init; }

    /// <summary>On which side of the threshold it is wrong.</summary>
    public Comparison Comparison { get; init; } = Comparison.GreaterThanThreshold;

    /// <summary>Seconds that each value is made of.</summary>
    public int Period { get; init; } = 60;

    /// <summary>Values that are looked at.</summary>
    public int Periods { get; init; } = 1;

    /// <summary>How many of them must be wrong.</summary>
    public int? ToAlarm { get; init; }

    /// <summary>What a missing value means. Services count only what happens, so that no value mostly means that nothing did.</summary>
    public MissingData Missing { get; init; } = MissingData.NotBreaching;
}

/// <summary>Whom an alarm calls.</summary>
public enum Severity
{
    /// <summary>It can wait until somebody reads mail.</summary>
    Warning,

    /// <summary>Data is late or about to be lost: somebody is called, once per pipeline.</summary>
    Critical,
}

/// <summary>A comparison by CloudWatch's name for it.</summary>
public enum Comparison
{
    /// <summary>Too much.</summary>
    GreaterThanThreshold,

    /// <summary>Too little.</summary>
    LessThanThreshold,
}

/// <summary>What CloudWatch makes of a period without a value.</summary>
public enum MissingData
{
    /// <summary>Nothing happened, and that is fine.</summary>
    NotBreaching,

    /// <summary>Something should have happened.</summary>
    Breaching,

    /// <summary>Nothing is known, and the alarm says so: INSUFFICIENT_DATA.</summary>
    Missing,
}
