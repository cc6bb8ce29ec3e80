using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.Firehose.Delivery;
using PipelineStacks.LocalCloud.Services.Glue;

namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>How to convert, from the stream's configuration and the table as it is now.</summary>
/// <param name="Codec">Parquet's, as DuckDB names it.</param>
internal sealed record ConversionPlan(IReadOnlyList<DuckColumn> Columns, JsonRules Rules, string Codec, DataCatalogTable Table)
{
    private static readonly IReadOnlyDictionary<string, string> NoMappings = new Dictionary<string, string>();

    /// <exception cref="DeliveryException">The table is missing or its schema is none to convert to.</exception>
    public static ConversionPlan Make(DeliveryStream stream, DataFormatConversionConfiguration conversion, ICatalog catalog, Callers callers)
    {
        var schema = conversion.SchemaConfiguration!;
        var call = callers.ForRole(schema.RoleARN!, schema.Region ?? stream.Region, stream.Name);
        CatalogTable table;
        try
        {
            table = catalog.GetTable(call, schema.DatabaseName!, schema.TableName!);
        }
        catch (ServiceException error) when (error.Code == "EntityNotFoundException")
        {
            throw new DeliveryException("DataFormatConversion.EntityNotFound",
                "The specified table/database could not be found. Please ensure that the table/database exists and that the values provided " +
                "in the schema configuration are correct, especially with regards to casing.");
        }

        return new(
            ColumnsOf(table), RulesOf(conversion.InputFormatConfiguration!.Deserializer!),
            conversion.OutputFormatConfiguration!.Serializer!.ParquetSerDe!.Compression?.ToLowerInvariant() ?? "snappy",
            new(schema.CatalogId ?? stream.Account, table.Database, table.Name, schema.Region ?? stream.Region, schema.VersionId ?? "LATEST", null));
    }

    private static DuckColumn[] ColumnsOf(CatalogTable table)
    {
        if (table.Columns.Count == 0)
            throw new DeliveryException("DataFormatConversion.InvalidSchema", $"The schema is invalid. The table {table.Name} has no columns.");
        try
        {
            return [.. table.Columns.Select(column => new DuckColumn(column.Name, HiveTypes.Parse(column.Type)))];
        }
        catch (FormatException error)
        {
            throw new DeliveryException("DataFormatConversion.InvalidSchema", $"The schema is invalid. {error.Message}");
        }
    }

    private static JsonRules RulesOf(Deserializer deserializer)
    {
        if (deserializer.HiveJsonSerDe is { } hive)
            return new(false, true, false, NoMappings, hive.TimestampFormats is { Count: > 0 } ? TimestampForms.Sql | TimestampForms.EpochMillis : TimestampForms.Sql);
        var openX = deserializer.OpenXJsonSerDe!;
        return new(
            true, openX.CaseInsensitive != false, openX.ConvertDotsInJsonKeysToUnderscores == true, openX.ColumnToJsonKeyMappings ?? NoMappings,
            TimestampForms.Sql | TimestampForms.Iso | TimestampForms.Epoch);
    }
}

/// <summary>The table that a record did not fit, as error records name it.</summary>
internal sealed record DataCatalogTable(string CatalogId, string DatabaseName, string TableName, string Region, string VersionId, string? CatalogArn);
