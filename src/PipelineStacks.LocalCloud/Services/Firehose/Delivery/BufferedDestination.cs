using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.DuckDb;
using PipelineStacks.LocalCloud.Services.Firehose.Contracts;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>
/// One destination with its buffer. The buffer is delivered when it has reached its size or its age, whichever comes first; what
/// can't be delivered is tried again and holds up what comes after it, as the service does.
/// </summary>
internal sealed class BufferedDestination : IAsyncDisposable
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    private readonly DeliveryServices _services;
    private readonly Func<DeliveryStream> _stream;
    private readonly Func<DeliveryStream, S3Settings> _settings;
    private readonly string _metric;
    private readonly SemaphoreSlim _delivering = new(1, 1);
    private readonly Lock _lock = new();
    private IDisposable? _timer;
    private DateTimeOffset _due;
    private TimeSpan _retry = FirstRetry;
    private DateTimeOffset _retryAt = DateTimeOffset.MinValue;
    private bool _stopped;

    public BufferedDestination(
        DeliveryServices services, RecordBuffer buffer, Func<DeliveryStream> stream, Func<DeliveryStream, S3Settings> settings, string metric)
    {
        (_services, Buffer, _stream, _settings, _metric) = (services, buffer, stream, settings, metric);
        Arm();
    }

    public RecordBuffer Buffer { get; }

    private BufferingHints Hints => _settings(_stream()).BufferingHints!;

    public void Append(SourceBatch batch)
    {
        Buffer.Append(batch, _services.Clock.GetUtcNow());
        Arm();
    }

    /// <summary>Sets the time of the next delivery after the buffer or its settings have changed.</summary>
    public void Arm()
    {
        if (Buffer.RawBytes >= Hints.SizeInMBs * 1024L * 1024L)
            Buffer.Seal();
        Schedule();
    }

    private void Schedule()
    {
        if (Buffer.Sealed > 0)
            Schedule(Later(_services.Clock.GetUtcNow(), _retryAt));
        if (Buffer.FirstAt is { } first)
            Schedule(Later(first + TimeSpan.FromSeconds(Hints.IntervalInSeconds!.Value), _retryAt));

        static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stopped = true;
            _timer?.Dispose();
        }

        // A delivery that has begun is finished; what is buffered stays in its files.
        await _delivering.WaitAsync();
        Buffer.Dispose();
        _delivering.Release();
    }

    private void Schedule(DateTimeOffset due)
    {
        lock (_lock)
        {
            if (_stopped || (_timer is not null && _due <= due))
                return;
            _timer?.Dispose();
            _due = due;
            _timer = _services.Clock.At(due, $"delivering {_stream().Name}", DeliverAsync);
        }
    }

    private async Task DeliverAsync()
    {
        lock (_lock)
        {
            if (_stopped)
                return;
            _timer = null;
        }

        await _delivering.WaitAsync();
        try
        {
            if (_stopped)
                return;
            if (Buffer.FirstAt + TimeSpan.FromSeconds(Hints.IntervalInSeconds!.Value) <= _services.Clock.GetUtcNow())
                Buffer.Seal();
            while (!_stopped && _retryAt <= _services.Clock.GetUtcNow() && Buffer.Oldest is { } spool)
                await DeliverAsync(spool);
        }
        catch (IOException error)
        {
            // The disk is full: what is buffered stays in its files until there is room.
            _services.Log.Write(_stream(), _settings(_stream()), "InternalError", error.Message);
            Postpone();
        }
        finally
        {
            _delivering.Release();
        }

        Schedule();
    }

    private void Postpone()
    {
        _retryAt = _services.Clock.GetUtcNow() + _retry;
        _retry = _retry * 2 > LongestRetry ? LongestRetry : _retry * 2;
    }

    private async Task DeliverAsync(SpoolFile spool)
    {
        var stream = _stream();
        var (settings, metrics) = (_settings(stream), _services.MetricsOf(stream));
        metrics.Put($"{_metric}.DataFreshness", Math.Max(0, (_services.Clock.GetUtcNow() - spool.Oldest).TotalSeconds), "Seconds");
        try
        {
            await new SpoolDelivery(_services, stream, settings, metrics).RunAsync(spool);
            metrics.Count($"{_metric}.Success", 1);
            metrics.Flow(_metric, spool.Records, spool.RawBytes);
        }
        catch (Exception error) when (error is DeliveryException or DuckException or ServiceException or IOException)
        {
            metrics.Count($"{_metric}.Success", 0);
            _services.Log.Write(stream, settings, (error as DeliveryException)?.Code ?? "InternalError", error.Message);
            if (DeliveryIntent.Load(spool) is not { } intent || intent.Since + GiveUpAfter > _services.Clock.GetUtcNow())
            {
                Postpone();
                return;
            }
        }

        _retry = FirstRetry;
        Buffer.Remove(spool);
        DeliveryIntent.Forget(spool.Path);
    }
}
