namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

/// <summary>A custom classifier: one of the kinds is set.</summary>
internal sealed record ClassifierInput(
    CsvClassifier? CsvClassifier, JsonClassifier? JsonClassifier, UnsupportedClassifier? GrokClassifier, UnsupportedClassifier? XMLClassifier);

internal sealed record Classifier(CsvClassifier? CsvClassifier, JsonClassifier? JsonClassifier);

internal sealed record CsvClassifier
{
    public string? Name { get; init; }

    public DateTimeOffset? CreationTime { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }

    public long? Version { get; init; }

    public string? Delimiter { get; init; }

    public string? QuoteSymbol { get; init; }

    /// <summary>UNKNOWN, PRESENT or ABSENT.</summary>
    public string? ContainsHeader { get; init; }

    public IReadOnlyList<string>? Header { get; init; }

    public bool? DisableValueTrimming { get; init; }

    public bool? AllowSingleColumn { get; init; }

    public bool? CustomDatatypeConfigured { get; init; }

    public IReadOnlyList<string>? CustomDatatypes { get; init; }

    /// <summary>OpenCSVSerDe, LazySimpleSerDe or None.</summary>
    public string? Serde { get; init; }
}

internal sealed record JsonClassifier
{
    public string? Name { get; init; }

    public DateTimeOffset? CreationTime { get; init; }

    public DateTimeOffset? LastUpdated { get; init; }

    public long? Version { get; init; }

    public string? JsonPath { get; init; }
}

/// <summary>A classifier of a kind that is refused, whatever its members say.</summary>
internal sealed record UnsupportedClassifier
{
    [System.Text.Json.Serialization.JsonExtensionData]
    public Dictionary<string, System.Text.Json.JsonElement>? Members { get; init; }
}

internal sealed record ClassifierRequest(string Name);

internal sealed record GetClassifierResponse(Classifier Classifier);

internal sealed record GetClassifiersRequest(int? MaxResults, string? NextToken);

internal sealed record GetClassifiersResponse(IReadOnlyList<Classifier> Classifiers, string? NextToken);
