namespace PipelineStacks.Model.Datasets;

/// <summary>
/// A named table, defined once: the Glue tables, Firehose's schema, sample records and saved queries derive from it. What it says is checked
/// as a whole by <see cref="DatasetRules"/>.
/// </summary>
public sealed record Dataset
{
    /// <summary>The table's name, and the prefix of its objects.</summary>
    public required string Name { get; init; }

    /// <summary>The pipeline that feeds it.</summary>
    public required string Pipeline { get; init; }

    /// <summary>What one row is, for people.</summary>
    public required string Description { get; init; }

    /// <summary>The columns in their order, without those that the zones add as partitions.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>The columns that make a row countable once.</summary>
    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>
    /// How the clean zone is partitioned; the landing zone is by arrival. None for tables of a database, which are small and change in place.
    /// </summary>
    public DatePartition? Partition { get; init; }

    /// <summary>Where its rows come from.</summary>
    public required DatasetSource Source { get; init; }

    /// <summary>What must hold for its rows.</summary>
    public IReadOnlyList<QualityRule> Quality { get; init; } = [];

    /// <summary>How old the newest row may be before somebody should know.</summary>
    public required TimeSpan Freshness { get; init; }
}

/// <summary>A partition per day of a column.</summary>
/// <param name="Name">The partition column, such as <c>event_date</c>.</param>
/// <param name="Of">The column with the time or date.</param>
public sealed record DatePartition(string Name, string Of);

/// <summary>Where a dataset's rows come from.</summary>
public abstract record DatasetSource;

/// <summary>JSON records, of which samples can be made.</summary>
/// <param name="SampleTemplate">Records that look real, in the grammar of the Kinesis Data Generator.</param>
public abstract record RecordSource(string SampleTemplate) : DatasetSource;

/// <summary>JSON records that producers put into a Kinesis data stream.</summary>
/// <param name="SampleTemplate">Records that look real, in the grammar of the Kinesis Data Generator.</param>
public sealed record StreamSource(string SampleTemplate) : RecordSource(SampleTemplate);

/// <summary>
/// Files of JSON lines that somebody drops into the landing zone, under the dataset's name. Their schema isn't ours: a crawler finds out what they
/// hold, and columns may come, go and change their type.
/// </summary>
/// <param name="SampleTemplate">Records that look real, in the grammar of the Kinesis Data Generator.</param>
public sealed record FileSource(string SampleTemplate) : RecordSource(SampleTemplate);
