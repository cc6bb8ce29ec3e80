using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Datasets;

/// <summary>The tables that a dataset becomes. Their layouts are known, so that only files of a foreign schema need a crawler.</summary>
public static class Tables
{
    /// <summary>What the name of a dataset's table of rejected records ends in.</summary>
    public const string QuarantineSuffix = "_quarantine";

    /// <summary>The step that a quarantined record was rejected by, where it was the clean job.</summary>
    public const string CleanRejected = "clean-rejected";

    /// <summary>The partition column of tables that have no partition of their own: one value, so that all their files are exchanged at once.</summary>
    public const string SnapshotColumn = "snapshot";

    /// <summary>The rows as they arrived, by the day of arrival.</summary>
    public static TableDefinition Landing(Dataset dataset, DateOnly since) => new()
    {
        Name = dataset.Name,
        Zone = ZoneName.Landing,
        Description = $"{dataset.Description}; as received, an event counted as often as it was delivered",
        Columns = Columns(dataset),
        Partitions = [Day(DatasetRules.ArrivalDate, "The day on which the file's oldest record arrived, in UTC", since)],
        Format = TableFormat.Parquet,
        Prefix = $"{dataset.Name}/",
        PartitionPrefix = $"{dataset.Name}/{DatasetRules.ArrivalDate}=${{{DatasetRules.ArrivalDate}}}/",
    };

    /// <summary>
    /// The rows of a database's table as DMS delivered them. It isn't partitioned, because only the changes lie in folders of days: the full load
    /// lies beside them, right in the table's folder, and a partition for it would read the changes as well. Athena reads a table without
    /// partitions with all folders below it, so that this is both, told apart by nothing but the time. What that costs, and that no day is skipped
    /// by a query, is for the clean job to end.
    /// </summary>
    public static TableDefinition Replicated(Dataset dataset, FileFormat format) => new()
    {
        Name = dataset.Name,
        Zone = ZoneName.Landing,
        Description = $"{dataset.Description}; each change of a row is one row, after those of the full load",
        Columns =
        [
            new(ReplicationFormat.OperationColumn, "string", "I for an insert or a row of the full load, U for an update, D for a deletion"),
            new(
                ReplicationFormat.TimestampColumn,
                format == FileFormat.Csv ? "string" : "timestamp",
                "When the change was committed, or the row of the full load transferred, in UTC"),
            .. Columns(dataset).Select(column => format == FileFormat.Csv ? AsText(column) : column),
            new(ReplicationFormat.SequenceColumn, "string", "Orders the changes, greatest last; empty for a row of the full load, which comes before them"),
        ],
        Partitions = [],
        Format = ReplicationFormat.TableFormat(format),
        Prefix = ReplicationFormat.Prefix(dataset),
        PartitionPrefix = ReplicationFormat.Prefix(dataset),
    };

    /// <summary>
    /// The rows once each: events by the day that they speak of, and of a database's table what it holds now. Which files count is what the
    /// partitions in the catalog say, since a job writes others and exchanges them.
    /// </summary>
    public static TableDefinition Clean(Dataset dataset) => new()
    {
        Name = dataset.Name,
        Zone = ZoneName.Clean,
        Description = dataset.Source is DatabaseSource
            ? $"{dataset.Description}; as it is now. Empty until the clean job has run"
            : $"{dataset.Description}; each counted once. Empty until the clean job has run",
        Columns = dataset.Source is DatabaseSource
            ? [.. Columns(dataset), new(ReplicationFormat.SequenceColumn, "string", "The change that made the row what it is; none where that was the full load")]
            : Columns(dataset),
        Partitions = [new(dataset.Partition is { } day ? new(day.Name, "date", $"The day of {day.Of}, in UTC") : Snapshot)],
        Format = TableFormat.Parquet,
        Prefix = $"{dataset.Name}/",
        PartitionPrefix = $"{dataset.Name}/",
    };

    /// <summary>A table for people. Its files are exchanged as those of the clean zone are.</summary>
    public static TableDefinition Curated(CuratedTable table) => new()
    {
        Name = table.Name,
        Zone = ZoneName.Curated,
        Description = $"{table.Description}. Empty until the curated job has run",
        Columns = [.. table.Columns.Select(AsItIs)],
        Partitions = [new(table.Partition is { } partition ? AsItIs(partition) : Snapshot)],
        Format = TableFormat.Parquet,
        Prefix = $"{table.Name}/",
        PartitionPrefix = $"{table.Name}/",
    };

    /// <summary>The records that Firehose could not deliver and the rows that the clean job refused, in the format in which Firehose reports them.</summary>
    public static TableDefinition Quarantine(Dataset dataset, DateOnly since) => new()
    {
        Name = dataset.Name + QuarantineSuffix,
        Zone = ZoneName.Landing,
        Description = $"Records for {dataset.Name} that were rejected, each with its reason",
        Columns = dataset.Source is TopicSource ? [.. ErrorRecord, .. RuleErrorRecord] : ErrorRecord,
        Partitions =
        [
            new(
                new("error_type", "string", "The step that rejected the record"),
                new EnumProjection(dataset.Source switch
                {
                    StreamSource => ["format-conversion-failed", "processing-failed", CleanRejected],
                    TopicSource => ["format-conversion-failed", "processing-failed", TopicSource.RuleFailed, CleanRejected],
                    _ => [CleanRejected],
                })),
            Day(DatasetRules.ArrivalDate, "The day on which the file's oldest record arrived, in UTC", since),
        ],
        Format = TableFormat.Json,
        Prefix = $"{Names.QuarantinePrefix}{dataset.Name}/",
        PartitionPrefix = $"{Names.QuarantinePrefix}{dataset.Name}/${{error_type}}/{DatasetRules.ArrivalDate}=${{{DatasetRules.ArrivalDate}}}/",
    };

    // AWS's documentation has called the code and message of a failed conversion both names, and those of other steps have the second: a reader
    // needs both pairs of columns.
    private static readonly IReadOnlyList<TableColumn> ErrorRecord =
    [
        new("attemptsmade", "int", "How often the step was tried"),
        new("arrivaltimestamp", "bigint", "When Firehose got the record, in milliseconds since 1970"),
        new("lasterrorcode", "string", "From format conversion, such as DataFormatConversion.ParseError"),
        new("lasterrormessage", "string", "From format conversion, what was wrong in words"),
        new("errorcode", "string", "From other steps, instead of lasterrorcode"),
        new("errormessage", "string", "From other steps, instead of lasterrormessage"),
        new("attemptendingtimestamp", "bigint", "When it was given up, in milliseconds since 1970"),
        new("rawdata", "string", "The record, in base64"),
        new("sequencenumber", "string", "The record's place in its shard; null where it came by direct put"),
        new("subsequencenumber", "bigint", "The place within an aggregated record"),
        new(
            "datacatalogtable",
            "struct<catalogid:string,databasename:string,tablename:string,region:string,versionid:string,catalogarn:string>",
            "The table whose schema it didn't fit"),
    ];

    // What a rule's error action gets.
    private static readonly IReadOnlyList<TableColumn> RuleErrorRecord =
    [
        new("rulename", "string", "The topic rule that failed"),
        new("topic", "string", "The topic of the message"),
        new("cloudwatchtraceid", "string", "By which the log of AWS IoT tells of the message"),
        new("clientid", "string", "Who published it"),
        new("base64originalpayload", "string", "From a rule, instead of rawdata: the message, in base64"),
        new(
            "failures",
            "array<struct<failedaction:string,failedresource:string,errormessage:string>>",
            "From a rule: each action that failed, and why"),
    ];

    private static IReadOnlyList<TableColumn> Columns(Dataset dataset) =>
        [.. dataset.Columns.Select(AsItIs)];

    private static TableColumn AsItIs(Column column) => new(column.Name, column.Type.Hive, column.Description);

    private static TableColumn Snapshot => new(SnapshotColumn, "string", "Always current: it is exchanged as a whole");

    // The SerDe that understands quoted values knows no other type, and one that knows types takes a comma inside of quotes for a separator.
    private static TableColumn AsText(TableColumn column) => column with { Type = "string", Description = $"{column.Description}; {column.Type} as text" };

    private static TablePartition Day(string name, string description, DateOnly since) =>
        new(new(name, "date", description), new DailyProjection(since));
}
