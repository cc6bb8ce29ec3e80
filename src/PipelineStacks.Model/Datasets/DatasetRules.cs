using System.Text.RegularExpressions;
using PipelineStacks.Model.Etl;

namespace PipelineStacks.Model.Datasets;

/// <summary>What every definition of a dataset must keep to, so that Glue, Firehose and Athena take what derives from it.</summary>
public static partial class DatasetRules
{
    /// <summary>The partition column of the landing zone, which no dataset may have itself.</summary>
    public const string ArrivalDate = "arrival_date";

    private static readonly string[] TakenPrefixes = ["quarantine", "source", "seed"];

    private static readonly string[] SystemSchemas = ["mysql", "information_schema", "performance_schema", "sys"];

    /// <summary>The same datasets, when all of them can be used.</summary>
    /// <exception cref="DatasetException">With every error there is, over all datasets.</exception>
    public static IReadOnlyList<Dataset> Checked(IReadOnlyList<Dataset> datasets)
    {
        var repeated = Repeated(datasets.Select(dataset => dataset.Name)).Select(name => $"{name}: two datasets have this name.");
        var twice = Repeated(datasets.Select(dataset => dataset.Source).OfType<DatabaseSource>().Select(source => source.FullName))
            .Select(name => $"{name}: two datasets replicate this table, and DMS would write each file twice.");
        var folders = datasets.Where(dataset => dataset.Source is DatabaseSource).Select(dataset => ReplicationFormat.Folder(dataset.Pipeline)).Distinct()
            .Where(folder => TakenPrefixes.Contains(folder) || datasets.Any(dataset => dataset.Source is RecordSource && dataset.Name == folder))
            .Select(folder => $"{folder}: the pipeline's folder in the landing zone belongs to something else. Choose another name for it.");
        var errors = datasets.SelectMany(Errors).Concat(repeated).Concat(twice).Concat(folders).ToList();
        return errors.Count == 0 ? datasets : throw new DatasetException(errors);
    }

    /// <summary>Every error of one definition, each a line that begins with the dataset's name.</summary>
    public static IReadOnlyList<string> Errors(Dataset dataset)
    {
        string[] errors =
        [
            .. NameErrors(dataset),
            .. ColumnErrors(dataset),
            .. PartitionErrors(dataset),
            .. ReferenceErrors(dataset),
            .. SourceErrors(dataset),
        ];
        return [.. errors.Select(error => $"{dataset.Name}: {error}")];
    }

    private static IEnumerable<string> NameErrors(Dataset dataset)
    {
        if (NameError(dataset.Name) is { } error)
            yield return $"the dataset's name {error}";
        if (TakenPrefixes.Contains(dataset.Name))
            yield return $"the landing zone keeps other things under {dataset.Name}/. Choose another name.";
        if (dataset.Name.EndsWith(Tables.QuarantineSuffix, StringComparison.Ordinal))
            yield return $"names that end in {Tables.QuarantineSuffix} belong to the tables of rejected records. Choose another name.";
        if (!PipelineName().IsMatch(dataset.Pipeline))
            yield return $"the pipeline '{dataset.Pipeline}' isn't made of lower-case words joined by hyphens.";
        if (dataset.Freshness <= TimeSpan.Zero)
            yield return "the freshness objective isn't above zero.";
    }

    private static IEnumerable<string> ColumnErrors(Dataset dataset)
    {
        if (dataset.Columns.Count == 0)
            yield return "it has no columns.";
        foreach (var column in dataset.Columns)
        {
            if (NameError(column.Name) is { } error)
                yield return $"the column '{column.Name}' {error}";
            if (column.Name == ArrivalDate)
                yield return $"the column '{ArrivalDate}' is the partition of the landing zone. Choose another name.";
            if (TypeError(column) is { } unknown)
                yield return $"the column '{column.Name}' has an {unknown}";
        }
        foreach (var name in Repeated(dataset.Columns.Select(column => column.Name)))
            yield return $"the column '{name}' is defined twice.";
        foreach (var key in Repeated(dataset.Columns.DistinctBy(column => column.Name).Select(column => column.Key.ToLowerInvariant())))
            yield return $"two columns read the JSON key '{key}' (keys are compared without case).";
    }

    private static IEnumerable<string> PartitionErrors(Dataset dataset)
    {
        if (dataset.Partition is not var (name, of))
        {
            if (dataset.Source is RecordSource)
                yield return $"it comes from {(dataset.Source switch { StreamSource => "a stream", TopicSource => "devices", _ => "files" })} and has no partition of days for the clean zone.";
            if (HasColumn(dataset, Tables.SnapshotColumn))
                yield return $"the column '{Tables.SnapshotColumn}' is the partition of its clean table. Choose another name.";
            yield break;
        }
        if (NameError(name) is { } error)
            yield return $"the partition '{name}' {error}";
        if (dataset.Columns.Any(column => column.Name == name))
            yield return $"the partition '{name}' is also a column. Glue allows only one of them.";
        if (dataset.Columns.FirstOrDefault(column => column.Name == of) is not { } source)
            yield return $"the partition '{name}' is made of '{of}', which isn't a column.";
        else if (source.TypeText is not ("timestamp" or "date"))
            yield return $"the partition '{name}' is made of '{of}', which is a {source.TypeText} and neither timestamp nor date.";
    }

    private static IEnumerable<string> ReferenceErrors(Dataset dataset)
    {
        if (dataset.Key.Count == 0)
            yield return "it has no key; name the columns that make a row countable once.";
        foreach (var name in dataset.Key.Where(name => !HasColumn(dataset, name)))
            yield return $"the key '{name}' isn't a column.";
        foreach (var name in Repeated(dataset.Key))
            yield return $"the key names '{name}' twice.";
        foreach (var rule in dataset.Quality)
        {
            foreach (var name in rule.Columns.Where(name => !HasColumn(dataset, name)))
                yield return $"the quality rule {rule.GetType().Name} speaks of '{name}', which isn't a column.";
        }
    }

    private static IEnumerable<string> SourceErrors(Dataset dataset)
    {
        if (dataset.Source is DatabaseSource source)
        {
            foreach (var error in DatabaseErrors(dataset, source))
                yield return error;
        }
        if (dataset.Source is FileSource)
        {
            foreach (var error in FileErrors(dataset))
                yield return error;
        }
        if (dataset.Source is not RecordSource records)
            yield break;
        if (SampleTemplate.Keys(records.SampleTemplate) is not { } keys)
        {
            yield return "the sample template isn't a JSON object around its {{expressions}}.";
            yield break;
        }
        if (dataset.Source is TopicSource topics)
        {
            foreach (var error in TopicErrors(topics, keys))
                yield return error;
            yield break;
        }
        foreach (var column in dataset.Columns.Where(column => !keys.Contains(column.Key)))
            yield return $"the sample template lacks the key '{column.Key}' of the column '{column.Name}'.";
        foreach (var key in keys.Except(dataset.Columns.Select(column => column.Key)))
            yield return $"the sample template has the key '{key}', which no column reads.";
    }

    // What the SQL makes is the columns' affair, and checked with the SQL.
    private static IEnumerable<string> TopicErrors(TopicSource source, IReadOnlyList<string> keys)
    {
        if (source.Filter.Split('/').Count(level => level == "+") != 1 || source.Filter.Contains('#', StringComparison.Ordinal))
            yield return $"the topic filter '{source.Filter}' needs '+' as one level, which is the device, and no other wildcard.";
        foreach (var key in new[] { source.Sequence, source.Time }.Where(key => !keys.Contains(key)))
            yield return $"the sample template lacks the key '{key}', by which devices number or date what they publish.";
    }

    private static IEnumerable<string> FileErrors(Dataset dataset)
    {
        foreach (var column in dataset.Columns.Where(column => column.JsonKey is not null))
            yield return $"the column '{column.Name}' reads another JSON key, and a crawler names columns by their keys.";
        foreach (var column in dataset.Columns.Where(column => TypeError(column) is null && !TextCast.Knows(column.Type)))
            yield return $"the column '{column.Name}' is a {column.Type}, which no text of a file of a foreign schema can be cast to.";
    }

    private static IEnumerable<string> DatabaseErrors(Dataset dataset, DatabaseSource source)
    {
        foreach (var name in new[] { source.Schema, source.Table }.Where(name => !SourceName().IsMatch(name)))
            yield return $"the source's name '{name}' isn't made of letters, digits, underscores and dollar signs: in a table mapping it could select others.";
        if (SystemSchemas.Contains(source.Schema))
            yield return $"the schema '{source.Schema}' is MySQL's own and can't be replicated.";
        foreach (var column in dataset.Columns.Where(column => column.SourceType is null))
            yield return $"the column '{column.Name}' doesn't say its type in the database. Define it by {nameof(Column)}.{nameof(Column.FromMySql)}.";
        foreach (var column in dataset.Columns.Where(column => column.JsonKey is not null))
            yield return $"the column '{column.Name}' reads a JSON key, and rows of a database have none.";
        foreach (var name in ReplicationFormat.AddedColumns.Where(name => HasColumn(dataset, name)))
            yield return $"the column '{name}' is one that DMS adds. Choose another name for it in a view of the source.";
    }

    private static string? NameError(string name) => name switch
    {
        _ when !ObjectName().IsMatch(name) => "isn't made of lower-case letters, digits and underscores, beginning with a letter or underscore.",
        { Length: > 255 } => $"is {name.Length} characters long; Glue takes 255.",
        _ when ReservedWords.Contains(name) => "is a reserved word in Athena. Choose another name, and map the JSON key where the records have it.",
        _ => null,
    };

    private static string? TypeError(Column column)
    {
        try
        {
            _ = column.Type;
            return null;
        }
        catch (FormatException e)
        {
            return $"{e.Message.TrimEnd('.', '?')}{(e.Message.EndsWith('?') ? "?" : ".")}";
        }
    }

    private static bool HasColumn(Dataset dataset, string name) => dataset.Columns.Any(column => column.Name == name);

    private static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.CountBy(name => name).Where(pair => pair.Value > 1).Select(pair => pair.Key);

    [GeneratedRegex("^[a-z_][a-z0-9_]*\\z")]
    private static partial Regex ObjectName();

    [GeneratedRegex(@"^[\w$]+\z")]
    private static partial Regex SourceName();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*\\z")]
    private static partial Regex PipelineName();
}
