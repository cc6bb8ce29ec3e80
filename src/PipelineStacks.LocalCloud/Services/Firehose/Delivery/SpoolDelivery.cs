using PipelineStacks.LocalCloud.Services.Firehose.Contracts;
using PipelineStacks.LocalCloud.Services.Firehose.Conversion;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>Makes a sealed spool's objects and puts them: errors first, since the data's object is the proof that all is done.</summary>
internal sealed class SpoolDelivery(DeliveryServices services, DeliveryStream stream, S3Settings settings, FirehoseMetrics metrics)
{
    private bool Converts => settings is ExtendedS3DestinationConfiguration { Converts: true };

    /// <exception cref="DeliveryException">It can't be delivered now.</exception>
    public async Task RunAsync(SpoolFile spool)
    {
        var intent = DeliveryIntent.Load(spool);
        if (intent is not null && services.S3.Exists(stream, settings, intent.Key))
            return;
        if (intent is null)
        {
            intent = ObjectKeys.Make(stream, settings, Converts, spool.Oldest, services.Clock.GetUtcNow());
            intent.Save(spool);
        }

        var (file, errors) = (services.NewFile(), services.NewFile());
        try
        {
            if (Converts)
                await DeliverConvertedAsync(spool, intent, file, errors);
            else
                await DeliverRawAsync(spool, intent, file);
        }
        finally
        {
            File.Delete(file);
            File.Delete(errors);
        }
    }

    private async Task DeliverRawAsync(SpoolFile spool, DeliveryIntent intent, string file)
    {
        var gzip = settings.CompressionFormat == "GZIP";
        RawObject.Write(spool, file, RecordDelimiter.Of((settings as ExtendedS3Settings)?.ProcessingConfiguration), gzip);
        await services.S3.PutAsync(stream, settings, intent.Key, file, gzip ? "gzip" : null);
    }

    private async Task DeliverConvertedAsync(SpoolFile spool, DeliveryIntent intent, string file, string errors)
    {
        var plan = ConversionPlan.Make(stream, stream.Destination.DataFormatConversionConfiguration!, services.Catalog, services.Callers);
        using var failed = new FailedRecords(errors, plan.Table, services.Clock.GetUtcNow());
        var converted = services.Engine.Convert(spool, plan, file, failed);
        failed.Dispose();
        if (failed.Records > 0)
            await services.S3.PutAsync(stream, settings, intent.ErrorKey, errors);
        if (converted.Rows > 0)
            await services.S3.PutAsync(stream, settings, intent.Key, file);
        metrics.Flow("SucceedConversion", converted.Records, converted.Bytes);
        metrics.Flow("FailedConversion", failed.Records, failed.Bytes);
    }
}
