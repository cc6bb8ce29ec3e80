using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>The one data catalog, AwsDataCatalog, which is Glue's.</summary>
internal sealed class DataCatalogs(GlueDatabases databases, GlueTables tables)
{
    private const string Name = "AwsDataCatalog";

    public static ListDataCatalogsOutput ListCatalogs(Call call, ListDataCatalogsInput request)
    {
        call.Authorize("athena:ListDataCatalogs", "*");
        _ = request.NextToken;
        return new([new(Name, "GLUE")]);
    }

    public static GetDataCatalogOutput GetCatalog(Call call, GetDataCatalogInput request)
    {
        Open(call, "athena:GetDataCatalog", request.Name);
        return new(new(Name, "Default data catalog, the AWS Glue Data Catalog", "GLUE", new Dictionary<string, string> { ["catalog-id"] = call.Account }));
    }

    public ListDatabasesOutput ListDatabases(Call call, ListDatabasesInput request)
    {
        Open(call, "athena:ListDatabases", request.CatalogName);
        var found = databases.List(call, new(null, request.NextToken, request.MaxResults, null, null));
        return new([.. found.DatabaseList.Select(Describe)], found.NextToken);
    }

    public GetDatabaseOutput GetDatabase(Call call, GetDatabaseInput request)
    {
        Open(call, "athena:GetDatabase", request.CatalogName);
        return new(Describe(Translated(() => databases.Get(call, new(null, request.DatabaseName)).Database)));
    }

    public ListTableMetadataOutput ListTables(Call call, ListTableMetadataInput request)
    {
        Open(call, "athena:ListTableMetadata", request.CatalogName);
        var found = Translated(() => tables.List(call,
            new(null, request.DatabaseName, request.Expression, request.NextToken, request.MaxResults, null, null, false, null)));
        return new([.. found.TableList.Select(Describe)], found.NextToken);
    }

    public GetTableMetadataOutput GetTable(Call call, GetTableMetadataInput request)
    {
        Open(call, "athena:GetTableMetadata", request.CatalogName);
        return new(Describe(Translated(() => tables.Get(call, new(null, request.DatabaseName, request.TableName, null, null, false)).Table)));
    }

    private static void Open(Call call, string action, string catalog)
    {
        call.Authorize(action, call.Arn("athena", $"datacatalog/{catalog}"));
        if (!string.Equals(catalog, Name, StringComparison.OrdinalIgnoreCase))
            throw AthenaErrors.Invalid($"Data catalog {catalog} was not found");
    }

    private static T Translated<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ServiceException error) when (error.Code == "EntityNotFoundException")
        {
            throw AthenaErrors.Metadata($"EntityNotFoundException: {error.Message}");
        }
    }

    private static Database Describe(Glue.Database database) => new(database.Name, database.Description, database.Parameters);

    private static TableMetadata Describe(Table table) => new()
    {
        Name = table.Name,
        CreateTime = table.CreateTime,
        LastAccessTime = table.LastAccessTime,
        TableType = table.TableType,
        Columns = Columns(table.StorageDescriptor?.Columns),
        PartitionKeys = Columns(table.PartitionKeys),
        Parameters = Parameters(table),
    };

    private static IReadOnlyList<Column> Columns(IReadOnlyList<Glue.Column>? columns) =>
        [.. (columns ?? []).Select(column => new Column(column.Name, column.Type, column.Comment))];

    // Athena mixes where the data lies and how it is read into the table's own properties.
    private static SortedDictionary<string, string> Parameters(Table table)
    {
        var all = new SortedDictionary<string, string>((table.Parameters ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal);
        Add("inputformat", table.StorageDescriptor?.InputFormat);
        Add("location", table.StorageDescriptor?.Location);
        Add("outputformat", table.StorageDescriptor?.OutputFormat);
        Add("serde.serialization.lib", table.StorageDescriptor?.SerdeInfo?.SerializationLibrary);
        foreach (var (name, value) in table.StorageDescriptor?.SerdeInfo?.Parameters ?? new Dictionary<string, string>())
            Add($"serde.param.{name}", value);
        return all;

        void Add(string name, string? value)
        {
            if (value is not null)
                all[name] = value;
        }
    }
}
