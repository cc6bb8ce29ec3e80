using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Glue.Crawlers.Contracts;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Services.Glue.Crawlers.Schemas;

/// <summary>Tries the classifiers in Glue's order: the custom ones, then Parquet, JSON and CSV. The first that recognises a file has it.</summary>
internal sealed class FileClassifier(DuckConnection duck, IReadOnlyList<Classifier> custom)
{
    /// <returns>Null for UNKNOWN.</returns>
    /// <exception cref="CrawlException">The format is one that Glue reads and the local cloud does not.</exception>
    public FileSchema? Classify(StoredObject found)
    {
        FileSample sample;
        try
        {
            sample = FileSample.Read(found.File);
        }
        catch (InvalidDataException)
        {
            return null;
        }

        Refuse(found, sample.Bytes);
        var schema = custom.Select(classifier => Try(classifier, sample)).FirstOrDefault(read => read is not null)
            ?? (sample.Bytes.AsSpan().StartsWith("PAR1"u8) ? Parquet(found) : JsonInference.Read(sample) ?? CsvInference.Read(sample));
        return schema is null || schema.Format.Classification == "parquet" ? schema : schema with { Records = sample.Estimate(schema.Records, found.Size) };
    }

    private static FileSchema? Try(Classifier classifier, FileSample sample) => classifier switch
    {
        { CsvClassifier: { } csv } => CsvInference.Read(sample, csv),
        { JsonClassifier: { } json } => JsonInference.Read(sample, JsonPath.Parse(json.JsonPath!)),
        _ => null,
    };

    private static void Refuse(StoredObject found, ReadOnlySpan<byte> bytes)
    {
        var format = bytes switch
        {
            [(byte)'O', (byte)'b', (byte)'j', 1, ..] => "avro",
            [(byte)'O', (byte)'R', (byte)'C', ..] => "orc",
            [0xE0, 1, 0, 0xEA, ..] => "ion",
            [(byte)'<', (byte)'?', (byte)'x', (byte)'m', (byte)'l', ..] => "xml",
            _ => null,
        };
        if (format is not null)
            throw new CrawlException($"s3://{found.Bucket}/{found.Key} is {format}, which the local cloud does not classify. Exclude it in the crawler's target, or keep it elsewhere.");
    }

    private FileSchema? Parquet(StoredObject found)
    {
        var file = DuckDb.Sql.Literal(found.File);
        try
        {
            using var header = duck.Query($"SELECT * FROM read_parquet({file}, hive_partitioning = false) LIMIT 0");
            var columns = header.Columns.Select(column => new InferredColumn(column.Name.ToLowerInvariant(), InferredType.From(column.Type))).ToList();
            header.Dispose();
            return new(new("parquet"), columns, Convert.ToInt64(duck.Scalar($"SELECT num_rows FROM parquet_file_metadata({file})"), System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (DuckException error) when (!error.Interrupted)
        {
            return null;
        }
    }
}
