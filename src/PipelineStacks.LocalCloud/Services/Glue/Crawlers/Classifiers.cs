using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers;

/// <summary>Custom classifiers: of CSV and of JSON. Grok's and XML's are refused by name.</summary>
internal sealed class Classifiers(CrawlerState state, TimeProvider time)
{
    private static readonly string[] Types = ["BINARY", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "FLOAT", "INT", "LONG", "SHORT", "STRING", "TIMESTAMP"];

    public Empty Create(Call call, ClassifierInput request)
    {
        call.Authorize("glue:CreateClassifier", "*");
        var name = Check(request);
        return state.Classifiers.TryAdd(CrawlerState.Key(call, name), Stamp(request, time.GetUtcNow(), 1))
            ? Empty.Value : throw new ServiceException("AlreadyExistsException", $"{name} already exists");
    }

    public Empty Update(Call call, ClassifierInput request)
    {
        call.Authorize("glue:UpdateClassifier", "*");
        var name = Check(request);
        return state.Classifiers.Update(CrawlerState.Key(call, name), before =>
            Stamp(request, before.CsvClassifier?.CreationTime ?? before.JsonClassifier!.CreationTime!.Value,
                (before.CsvClassifier?.Version ?? before.JsonClassifier!.Version!.Value) + 1)) is null
            ? throw NotFound(name) : Empty.Value;
    }

    public GetClassifierResponse Get(Call call, ClassifierRequest request)
    {
        call.Authorize("glue:GetClassifier", "*");
        return new(state.Classifiers.TryGet(CrawlerState.Key(call, request.Name), out var found) ? found : throw NotFound(request.Name));
    }

    public GetClassifiersResponse List(Call call, GetClassifiersRequest request)
    {
        call.Authorize("glue:GetClassifiers", "*");
        var page = GluePages.Of(state.Classifiers.In(call.Account, call.Region), request.NextToken, request.MaxResults, 1000);
        return new(page.Items, page.Next);
    }

    public Empty Delete(Call call, ClassifierRequest request)
    {
        call.Authorize("glue:DeleteClassifier", "*");
        return state.Classifiers.Remove(CrawlerState.Key(call, request.Name)) ? Empty.Value : throw NotFound(request.Name);
    }

    /// <returns>The classifier's name.</returns>
    private static string Check(ClassifierInput input)
    {
        if (input.GrokClassifier is not null)
            throw ServiceException.Unsupported("GrokClassifier of Glue");
        if (input.XMLClassifier is not null)
            throw ServiceException.Unsupported("XMLClassifier of Glue");
        if (input.CsvClassifier is null == input.JsonClassifier is null)
            throw GlueErrors.Invalid("A classifier is one of CsvClassifier and JsonClassifier.");
        if (input.JsonClassifier is { } json && Schemas.JsonPath.Parse(json.JsonPath ?? "") is null)
            throw ServiceException.Unsupported($"The JsonPath {json.JsonPath} of a Glue classifier (only $, names and [*])");
        if (input.CsvClassifier is { } csv && Problems(csv).ToList() is { Count: > 0 } problems)
            throw GlueErrors.Invalid(string.Join(" ", problems));
        return (input.CsvClassifier?.Name ?? input.JsonClassifier?.Name) is { Length: > 0 } name ? name : throw GlueErrors.Invalid("A classifier needs a Name.");
    }

    private static IEnumerable<string> Problems(CsvClassifier csv)
    {
        if (csv.Delimiter is not (null or { Length: 1 }))
            yield return $"Delimiter is '{csv.Delimiter}' and must be one character.";
        if (csv.QuoteSymbol is not (null or { Length: 1 }))
            yield return $"QuoteSymbol is '{csv.QuoteSymbol}' and must be one character.";
        if (csv.Delimiter is not null && csv.Delimiter == csv.QuoteSymbol)
            yield return "QuoteSymbol must differ from Delimiter.";
        if (csv.ContainsHeader is not (null or "UNKNOWN" or "PRESENT" or "ABSENT"))
            yield return $"ContainsHeader is {csv.ContainsHeader} and can be UNKNOWN, PRESENT or ABSENT.";
        if (csv.Serde is not (null or "OpenCSVSerDe" or "LazySimpleSerDe" or "None"))
            yield return $"Serde is {csv.Serde} and can be OpenCSVSerDe, LazySimpleSerDe or None.";
        if (csv.CustomDatatypes?.Where(type => !Types.Contains(type.ToUpperInvariant())).ToList() is { Count: > 0 } unknown)
            yield return $"CustomDatatypes holds {string.Join(", ", unknown)}; it can hold {string.Join(", ", Types)}.";
    }

    private Classifier Stamp(ClassifierInput input, DateTimeOffset created, long version) => new(
        input.CsvClassifier is { } csv ? csv with { CreationTime = created, LastUpdated = time.GetUtcNow(), Version = version } : null,
        input.JsonClassifier is { } json ? json with { CreationTime = created, LastUpdated = time.GetUtcNow(), Version = version } : null);

    private static ServiceException NotFound(string name) => GlueErrors.NotFound($"Classifier {name} not found.");
}
