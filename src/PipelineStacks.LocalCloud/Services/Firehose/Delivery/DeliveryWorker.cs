using Microsoft.Extensions.Logging;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>Everything that one delivery stream does: it takes records from its source into the buffers before its destinations.</summary>
internal sealed class DeliveryWorker : IAsyncDisposable
{
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    // When deliveries fail the rest stays in the stream, which keeps it as long as its retention.
    private const int MostWaiting = 4;

    private readonly DeliveryServices _services;
    private readonly ILogger _log;
    private readonly BufferedDestination _main;
    private readonly IReadOnlyDictionary<string, long> _start;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly StreamSource? _source;
    private BufferedDestination? _backup;
    private volatile DeliveryStream _stream;
    private volatile bool _stopped;
    private bool _failing;
    private IDisposable? _timer;

    /// <param name="start">Where a new stream begins to read; what the buffers know overrides it.</param>
    public DeliveryWorker(DeliveryServices services, DeliveryStream stream, IReadOnlyDictionary<string, long> start, ILogger log)
    {
        (_services, _stream, _start, _log) = (services, stream, start, log);
        _main = new(services, new(services.FolderOf(stream, "data"), start), () => _stream, current => current.Destination, "DeliveryToS3");
        OpenBackup();
        if (stream.Source is null)
            return;
        _source = new(services, stream, Append, Positions);
        _timer = services.Clock.After(BetweenReads, $"reading for {stream.Name}", ReadAsync);
    }

    /// <summary>Saves records that were put directly. When it returns they will be delivered.</summary>
    public void Put(IReadOnlyList<SourceRecord> records)
    {
        Append(new(records));
        var metrics = _services.MetricsOf(_stream);
        metrics.Count("IncomingRecords", records.Count);
        metrics.Put("IncomingBytes", records.Sum(record => (long)record.Data.Length), "Bytes");
    }

    /// <summary>Takes over changed settings; what is buffered is delivered by them.</summary>
    public void Update(DeliveryStream stream)
    {
        _stream = stream;
        OpenBackup();
        _main.Arm();
        _backup?.Arm();
    }

    public async ValueTask DisposeAsync()
    {
        _stopped = true;
        await _reading.WaitAsync();
        _timer?.Dispose();
        _reading.Release();
        await _main.DisposeAsync();
        if (_backup is not null)
            await _backup.DisposeAsync();
    }

    private void OpenBackup()
    {
        if (_backup is null && _stream.Destination.BacksUp)
        {
            // Switched on later, it begins where the data is.
            var start = _main.Buffer.Positions is { Count: > 0 } positions ? positions : _start;
            _backup = new(_services, new(_services.FolderOf(_stream, "backup"), start), () => _stream, current => current.Destination.S3BackupConfiguration!, "BackupToS3");
        }
    }

    private void Append(SourceBatch batch)
    {
        _backup?.Append(batch);
        _main.Append(batch);
    }

    // The buffer that is behind says where to read; the other one leaves out what it has. A shard that only one of them knows came
    // later than both, and the other one lacks its beginning.
    private Dictionary<string, long> Positions()
    {
        var positions = _main.Buffer.Positions;
        if (_backup is null)
            return positions;
        var backup = _backup.Buffer.Positions;
        return positions.Keys.Union(backup.Keys).ToDictionary(
            shard => shard, shard => Math.Min(positions.GetValueOrDefault(shard), backup.GetValueOrDefault(shard)), StringComparer.Ordinal);
    }

    private async Task ReadAsync()
    {
        await _reading.WaitAsync();
        try
        {
            if (_stopped)
                return;
            var pause = TryRead() ? BetweenReads : AfterFailure;
            _timer = _services.Clock.After(pause, $"reading for {_stream.Name}", ReadAsync);
        }
        finally
        {
            _reading.Release();
        }
    }

    private bool TryRead()
    {
        try
        {
            if (_main.Buffer.Sealed < MostWaiting)
                _source!.Read();
            _failing = false;
            return true;
        }
        catch (Exception error) when (error is ServiceException or IOException)
        {
            // The positions stay where they are, so the next read takes it up again.
            if (!_failing)
                _log.LogWarning("Delivery stream {Name} can't read its source and goes on trying: {Message}", _stream.Name, error.Message);
            _failing = true;
            _services.Log.Write(_stream, _stream.Destination, "Kinesis." + ((error as ServiceException)?.Code ?? "ReadFailed"), error.Message);
            return false;
        }
    }
}
