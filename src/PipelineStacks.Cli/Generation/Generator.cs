using System.Threading.Channels;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli.Generation;

/// <summary>Makes records and sends them: one maker, since a seed must give the same records every time, and several senders.</summary>
internal sealed class Generator
{
    // How long a batch on its way when the run is stopped may take to arrive.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly GenerateOptions _options;
    private readonly IRecordTarget _target;
    private readonly TimeProvider _time;
    private readonly RecordTemplate _template;
    private readonly Draws _draws;
    private readonly Breaker _breaker;
    private readonly Xoshiro _keys;
    private readonly Channel<Batch> _ready;
    private readonly Channel<Batch> _free = Channel.CreateUnbounded<Batch>();

    /// <exception cref="TemplateException">The template is malformed.</exception>
    public Generator(GenerateOptions options, IRecordTarget target, TimeProvider time)
    {
        _options = options;
        _target = target;
        _time = time;
        _template = RecordTemplate.Parse(options.Template);
        _draws = new Draws(time, options.Seed);
        _breaker = new Breaker(options.Broken, options.Seed);
        _keys = new Xoshiro(options.Seed ^ 0x4B45_5953);
        _ready = Channel.CreateBounded<Batch>(options.Senders);
    }

    public Tally Tally { get; } = new();

    /// <summary>A record as the run will make them, taking nothing from its chance.</summary>
    public string Sample()
    {
        var buffer = new RecordBuffer(1024);
        _template.Render(buffer, new Draws(_time, _options.Seed));
        return System.Text.Encoding.UTF8.GetString(buffer.Written);
    }

    /// <summary>Runs to the count, or until it is stopped. What is on its way when it is stopped still arrives.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var abandon = new CancellationTokenSource();
        using var grace = stop.Register(() => abandon.CancelAfter(Grace));
        var senders = Enumerable.Range(1, _options.Senders).Select(number => SendAsync(number, failed, abandon.Token)).ToArray();
        try
        {
            await MakeAsync(failed.Token);
        }
        catch (OperationCanceledException) when (failed.IsCancellationRequested)
        {
            // Stopped, or a sender failed: which of the two, the senders tell.
        }
        finally
        {
            _ready.Writer.Complete();
            await Task.WhenAll(senders);
        }
    }

    private async Task MakeAsync(CancellationToken cancel)
    {
        var left = _options.Count ?? long.MaxValue;
        var batch = Take();
        await foreach (var burst in _options.Pace.BurstsAsync(cancel))
        {
            _draws.Simulated = burst.Simulated;
            for (var due = Math.Min(burst.Records, left); due > 0; due--, left--)
            {
                if (batch.IsFull)
                    batch = await PassOnAsync(batch, cancel);
                batch = await AddAsync(batch, cancel);
            }

            // Under simulated time a burst is a second of the past: nobody waits for it, so that batches may fill up.
            if (batch.Count > 0 && burst.Simulated is null && !_target.WaitsForFullBatches)
                batch = await PassOnAsync(batch, cancel);
            if (left == 0)
                break;
        }

        if (batch.Count > 0)
            await PassOnAsync(batch, cancel);
    }

    private async ValueTask<Batch> AddAsync(Batch batch, CancellationToken cancel)
    {
        var start = batch.Buffer.Length;
        _template.Render(batch.Buffer, _draws);
        if (_breaker.Consider(batch.Buffer, start) is { } kind)
            Tally.Broke(kind);
        batch.Buffer.Append((byte)'\n');
        var length = batch.Buffer.Length - start;
        Tally.Generated(length);
        if (batch.TryAdd(start, _keys.Next()))
            return batch;

        // One record too many for a call: it begins the next.
        var record = batch.Buffer.Slice(start, length).ToArray();
        batch.Buffer.Length = start;
        batch = await PassOnAsync(batch, cancel);
        batch.Buffer.Append(record);
        batch.TryAdd(0, _keys.Next());
        return batch;
    }

    private async ValueTask<Batch> PassOnAsync(Batch batch, CancellationToken cancel)
    {
        await _ready.Writer.WriteAsync(batch, cancel);
        return Take();
    }

    private Batch Take() => _free.Reader.TryRead(out var used) ? used : new Batch(_target.MaxRecords, _target.MaxBytes);

    private async Task SendAsync(int number, CancellationTokenSource failed, CancellationToken abandon)
    {
        var sender = new RecordSender(_target, Tally, _time, new Xoshiro(_options.Seed + (ulong)number));
        try
        {
            await foreach (var batch in _ready.Reader.ReadAllAsync(CancellationToken.None))
            {
                // After a stop nothing new is begun.
                if (!failed.IsCancellationRequested)
                    await sender.SendAsync(batch.ToEntries(), abandon);
                batch.Clear();
                _free.Writer.TryWrite(batch);
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // Stopped while a batch was refused over and over: the tally says that it was not accepted.
        }
        catch
        {
            // The others and the maker need not go on for a run that has failed.
            await failed.CancelAsync();
            throw;
        }
    }
}
