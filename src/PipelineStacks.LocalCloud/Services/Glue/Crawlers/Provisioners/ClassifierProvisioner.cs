using PipelineStacks.LocalCloud.CloudFormation;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Provisioners;

internal sealed record ClassifierProperties
{
    public CsvClassifierProperties? CsvClassifier { get; init; }

    public JsonClassifierProperties? JsonClassifier { get; init; }
}

internal sealed record JsonClassifierProperties(string? Name, string? JsonPath);

internal sealed record CsvClassifierProperties
{
    public string? Name { get; init; }

    public string? Delimiter { get; init; }

    public string? QuoteSymbol { get; init; }

    public string? ContainsHeader { get; init; }

    public IReadOnlyList<string>? Header { get; init; }

    public bool? DisableValueTrimming { get; init; }

    public bool? AllowSingleColumn { get; init; }

    /// <summary>Spelled so in CloudFormation.</summary>
    public bool? ContainsCustomDatatype { get; init; }

    public IReadOnlyList<string>? CustomDatatypes { get; init; }
}

/// <summary><c>AWS::Glue::Classifier</c> of CSV and JSON. Grok's and XML's are refused as unknown properties, by name.</summary>
internal sealed class ClassifierProvisioner(Classifiers classifiers) : Provisioner<ClassifierProperties>("AWS::Glue::Classifier")
{
    protected override ValueTask<Provisioned> CreateAsync(ProvisionContext context, ClassifierProperties properties)
    {
        var name = NameOf(properties) ?? context.NewName(255);
        classifiers.Create(context.Call, Input(properties, name));
        return ValueTask.FromResult(new Provisioned(name));
    }

    public override bool NeedsReplacement(ProvisionContext context, System.Text.Json.Nodes.JsonObject before, System.Text.Json.Nodes.JsonObject after) =>
        NameIn(before) != NameIn(after) || before.ContainsKey("CsvClassifier") != after.ContainsKey("CsvClassifier");

    protected override ValueTask<Provisioned> UpdateAsync(ProvisionContext context, string physicalId, ClassifierProperties before, ClassifierProperties after)
    {
        classifiers.Update(context.Call, Input(after, physicalId));
        return ValueTask.FromResult(new Provisioned(physicalId));
    }

    protected override ValueTask DeleteAsync(ProvisionContext context, string physicalId, ClassifierProperties properties)
    {
        Gone.Ignored(() => classifiers.Delete(context.Call, new(physicalId)));
        return ValueTask.CompletedTask;
    }

    private static string? NameOf(ClassifierProperties properties) => properties.CsvClassifier?.Name ?? properties.JsonClassifier?.Name;

    private static string? NameIn(System.Text.Json.Nodes.JsonObject properties) =>
        (properties["CsvClassifier"]?["Name"] ?? properties["JsonClassifier"]?["Name"])?.GetValue<string>();

    private static ClassifierInput Input(ClassifierProperties properties, string name) => new(
        properties.CsvClassifier is { } csv
            ? new()
            {
                Name = name,
                Delimiter = csv.Delimiter,
                QuoteSymbol = csv.QuoteSymbol,
                ContainsHeader = csv.ContainsHeader,
                Header = csv.Header,
                DisableValueTrimming = csv.DisableValueTrimming,
                AllowSingleColumn = csv.AllowSingleColumn,
                CustomDatatypeConfigured = csv.ContainsCustomDatatype,
                CustomDatatypes = csv.CustomDatatypes,
            }
            : null,
        properties.JsonClassifier is { } json ? new() { Name = name, JsonPath = json.JsonPath } : null, null, null);
}
