using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.CloudWatch;
using PipelineStacks.LocalCloud.Services.Firehose.Conversion;
using PipelineStacks.LocalCloud.Services.Glue;
using PipelineStacks.LocalCloud.Services.Kinesis;
using PipelineStacks.LocalCloud.Services.Logs;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>What delivering takes of the rest of the cloud.</summary>
internal sealed class DeliveryServices(
    CloudClock clock, Callers callers, DataDirectory data, IObjectStore store, IStreamReader streams, ICatalog catalog, IMetricSink metrics, ILogSink logs,
    ConversionEngine engine, LocalCloudOptions options, ILogger<DeliveryLog> log)
{
    public CloudClock Clock => clock;

    public Callers Callers => callers;

    public IStreamReader Streams => streams;

    public ICatalog Catalog => catalog;

    public ConversionEngine Engine => engine;

    public bool Limits => options.Limits;

    public S3Writer S3 { get; } = new(store, callers);

    public DeliveryLog Log { get; } = new(logs, clock, log);

    public FirehoseMetrics MetricsOf(DeliveryStream stream) => new(metrics, stream, clock);

    /// <summary>Where a stream's buffers lie.</summary>
    public string FolderOf(DeliveryStream stream, string buffer) => data.Folder("firehose", stream.Account, stream.Region, FolderName(stream), buffer);

    public void DropFolder(DeliveryStream stream) =>
        Directory.Delete(data.Folder("firehose", stream.Account, stream.Region, FolderName(stream)), recursive: true);

    /// <summary>Clears away the buffers of streams that were being made or deleted when the cloud was killed.</summary>
    public void DropFoldersExcept(IEnumerable<DeliveryStream> streams)
    {
        var known = streams.Select(stream => data.Folder("firehose", stream.Account, stream.Region, FolderName(stream))).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories(data.Folder("firehose"), "*~*", SearchOption.AllDirectories).Where(folder => !known.Contains(folder)))
            Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(data.Folder("tmp", "firehose")))
            File.Delete(file);
    }

    /// <summary>A file for an object that is being made, in the same file system as the objects, which take it over by a move.</summary>
    public string NewFile() => Path.Combine(data.Folder("tmp", "firehose"), Guid.NewGuid().ToString("N"));

    private static string FolderName(DeliveryStream stream) => $"{stream.Name}~{stream.Id}";
}
