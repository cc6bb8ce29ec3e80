namespace PipelineStacks.LocalCloud.DuckDb;

/// <summary>
/// Makes a connection's statements fail once a token is cancelled, until this is disposed. DuckDB forgets an interruption that
/// comes between two statements, so one is not enough.
/// </summary>
internal sealed class DuckInterruption : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly DuckConnection _connection;
    private readonly CancellationTokenRegistration _registration;
    private Timer? _timer;
    private bool _over;

    public DuckInterruption(DuckConnection connection, CancellationToken stop)
    {
        _connection = connection;
        _registration = stop.Register(Start);
    }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_lock)
        {
            _over = true;
            _timer?.Dispose();
        }
    }

    private void Start()
    {
        lock (_lock)
        {
            if (!_over)
                _timer = new Timer(_ => Interrupt(), null, TimeSpan.Zero, Again);
        }
    }

    private void Interrupt()
    {
        lock (_lock)
        {
            if (!_over)
                _connection.Interrupt();
        }
    }
}
