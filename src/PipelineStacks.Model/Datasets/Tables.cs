namespace PipelineStacks.Model.Datasets;

/// <summary>The tables that a dataset becomes. Their layouts are ours, so each is projected and needs no crawler.</summary>
public static class Tables
{
    /// <summary>What the name of a dataset's table of rejected records ends in.</summary>
    public const string QuarantineSuffix = "_quarantine";

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

    /// <summary>The rows once each, by the day that they speak of.</summary>
    public static TableDefinition Clean(Dataset dataset, DateOnly since) => new()
    {
        Name = dataset.Name,
        Zone = ZoneName.Clean,
        Description = $"{dataset.Description}; each counted once. Empty until a clean job writes it",
        Columns = Columns(dataset),
        Partitions = [Day(dataset.Partition.Name, $"The day of {dataset.Partition.Of}, in UTC", since)],
        Format = TableFormat.Parquet,
        Prefix = $"{dataset.Name}/",
        PartitionPrefix = $"{dataset.Name}/{dataset.Partition.Name}=${{{dataset.Partition.Name}}}/",
    };

    /// <summary>The records that Firehose could not deliver, in the format in which it reports them.</summary>
    public static TableDefinition Quarantine(Dataset dataset, DateOnly since) => new()
    {
        Name = dataset.Name + QuarantineSuffix,
        Zone = ZoneName.Landing,
        Description = $"Records for {dataset.Name} that were rejected, each with its reason",
        Columns = ErrorRecord,
        Partitions =
        [
            new(
                new("error_type", "string", "The step that rejected the record"),
                new EnumProjection("format-conversion-failed", "processing-failed")),
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

    private static IReadOnlyList<TableColumn> Columns(Dataset dataset) =>
        [.. dataset.Columns.Select(column => new TableColumn(column.Name, column.Type.Hive, column.Description))];

    private static TablePartition Day(string name, string description, DateOnly since) =>
        new(new(name, "date", description), new DailyProjection(since));
}
