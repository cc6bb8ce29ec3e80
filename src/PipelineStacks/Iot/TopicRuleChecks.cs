using System.Text.RegularExpressions;
using PipelineStacks.IotSql;
using PipelineStacks.IotSql.Syntax;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Iot;

/// <summary>
/// What AWS IoT would find out about a topic rule when it is deployed, or never: it takes a rule that reads a key which no device sends, and the
/// column stays empty.
/// </summary>
public static partial class TopicRuleChecks
{
    private const int LongestName = 128;

    /// <summary>Checks the rules of all datasets in all environments.</summary>
    /// <exception cref="DatasetException">With every error there is.</exception>
    public static void Check(IReadOnlyList<Dataset> datasets, IReadOnlyList<EnvironmentSettings> environments)
    {
        var rules = datasets.Where(dataset => dataset.Source is TopicSource).ToList();
        List<string> errors =
        [
            .. rules.SelectMany(SqlErrors),
            .. environments.SelectMany(settings => rules.Where(dataset => settings.Pipelines.Contains(dataset.Pipeline)), (settings, dataset) => (Names: new Names(settings.Name), dataset.Name))
                .SelectMany(rule => new[] { rule.Names.StreamRule(rule.Name), rule.Names.DeliveryRule(rule.Name) })
                .Select(NameError).OfType<string>(),
        ];
        if (errors.Count > 0)
            throw new DatasetException(errors);
    }

    /// <summary>What is wrong with a rule's name, null if nothing is.</summary>
    public static string? NameError(string name) => name switch
    {
        _ when name.Contains('-', StringComparison.Ordinal) => $"{name}: the name of a topic rule can't have a hyphen. Use an underscore.",
        _ when !RuleName().IsMatch(name) => $"{name}: the name of a topic rule is made of letters, digits and underscores.",
        { Length: > LongestName } => $"{name}: the name of a topic rule is {name.Length} characters long; AWS IoT takes {LongestName}.",
        _ => null,
    };

    /// <summary>Every error of the SQL of a dataset's rules, each a line that begins with the dataset's name.</summary>
    public static IReadOnlyList<string> SqlErrors(Dataset dataset)
    {
        var source = (TopicSource)dataset.Source;
        return [.. Errors(dataset, source, source.DeliverySql).Concat(Errors(dataset, source, source.StreamSql)).Distinct().Select(error => $"{dataset.Name}: {error}")];
    }

    private static IEnumerable<string> Errors(Dataset dataset, TopicSource source, string sql)
    {
        Query query;
        try
        {
            query = Query.Parse(sql);
        }
        catch (IotSqlException error)
        {
            return [$"the topic rule's SQL isn't valid: {error.Message}, in: {sql}"];
        }
        var reads = query.Reads;
        var made = reads.OutputHasPayload ? [.. source.Payload, .. reads.OutputNames] : reads.OutputNames;
        return
        [
            .. query.Select.IsValue ? ["the topic rule's SQL has SELECT VALUE, and a row of a table is an object with a member for each column."] : Array.Empty<string>(),
            .. reads.Fields.Where(field => !source.Payload.Contains(field.Path[0])).Select(field => field.Path[0]).Distinct()
                .Select(name => $"the topic rule's SQL reads '{name}', which is no key of what devices send: {string.Join(", ", source.Payload)}."),
            .. reads.Mismatches.Select(call => $"the topic rule's SQL calls {call.Function} with {call.Arguments} arguments, which it never takes."),
            .. reads.OutputNames.Where(name => dataset.Columns.All(column => column.Key != name))
                .Select(name => $"the topic rule's SQL makes '{name}', which isn't a column."),
            .. dataset.Columns.Where(column => !made.Contains(column.Key))
                .Select(column => $"the topic rule's SQL doesn't make '{column.Key}' of the column '{column.Name}'."),
        ];
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_]+\z")]
    private static partial Regex RuleName();
}
