using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>
/// One process of a function, which serves one invocation after the other through the runtime API. Its processor time and its
/// timeouts are real: a process can't be told that virtual time stands still, and one that hangs would hang for ever.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    // AWS gives a start ten seconds; this machine may be busier than AWS, and the limit is only here to end what hangs.
    private static readonly TimeSpan InitLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(2);

    // Logs takes events of 256 KB; characters may be four bytes.
    private const int MaxLine = 65_000;

    private readonly Channel<Invocation> _next = Channel.CreateBounded<Invocation>(1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Answer> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FunctionState _function;
    private readonly RuntimeCommand _command;
    private readonly SandboxLog _log;
    private Process? _process;
    private Work? _work;
    private long _peakMemory;

    public Sandbox(FunctionState function, RuntimeCommand command, SandboxLog log) => (_function, _command, _log) = (function, command, log);

    public FunctionState Function => _function;

    public SandboxLog Log => _log;

    /// <summary>How long the start took, until it was reported once.</summary>
    public TimeSpan? InitDuration { get; private set; }

    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>The most memory that the process has had, in megabytes.</summary>
    public long PeakMemory
    {
        get
        {
            if (_process is { HasExited: false } process)
            {
                process.Refresh();
                _peakMemory = Math.Max(_peakMemory, process.PeakWorkingSet64 >> 20);
            }

            return _peakMemory;
        }
    }

    /// <summary>Starts the process and waits until it asks for its first invocation.</summary>
    /// <returns>Null, or the error that every invocation of this start gets.</returns>
    public async Task<Answer?> StartAsync(ProcessStartInfo start, string requestId)
    {
        var watch = Stopwatch.StartNew();
        _log.Write($"INIT_START Runtime Version: {_function.Runtime} of the local cloud");
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            return Error("Runtime.InvalidEntrypoint", $"RequestId: {requestId} Error: {error.Message}", "error");
        }

        _ = FollowAsync(_process);
        await Task.WhenAny(_ready.Task, _ended.Task, Task.Delay(InitLimit, TimeProvider.System));
        InitDuration = watch.Elapsed;
        if (_ready.Task.IsCompleted)
            return null;
        var answer = _ended.Task.IsCompleted ? await _ended.Task : TimedOut(requestId, InitLimit);
        _log.Write(FormattableString.Invariant($"INIT_REPORT Init Duration: {watch.Elapsed.TotalMilliseconds:0.00} ms\tPhase: init\tStatus: {answer.Status ?? "error"}"));
        return answer;
    }

    public async Task<Answer> RunAsync(Invocation invocation)
    {
        var work = _work = new Work(invocation);
        await _next.Writer.WriteAsync(invocation);
        var limit = TimeSpan.FromSeconds(_function.Timeout);
        var first = await Task.WhenAny(work.Answer.Task, _ended.Task, Task.Delay(limit, TimeProvider.System));
        if (first != work.Answer.Task && first != _ended.Task)
            return TimedOut(invocation.RequestId, limit);
        // A process that answers and ends at once, as after an unhandled rejection, has answered.
        var answer = work.Answer.Task.IsCompleted ? await work.Answer.Task : await _ended.Task;
        if (_command.MarksEnd && !answer.Fatal)
            await Task.WhenAny(work.Written.Task, _ended.Task, Task.Delay(OutputLimit, TimeProvider.System));
        return answer;
    }

    /// <summary>Forgets how long the start took: only the first invocation reports it.</summary>
    public void ReportInit() => InitDuration = null;

    /// <summary>The runtime asks for its next invocation.</summary>
    public async ValueTask<Invocation> NextAsync(CancellationToken gone)
    {
        // Asking again without an answer is the runtime's way to say that there is none.
        if (_work is { Delivered: true } before)
            before.Answer.TrySetResult(new("null"u8.ToArray(), Failed: false));
        _ready.TrySetResult();
        var invocation = await _next.Reader.ReadAsync(gone);
        _work!.Delivered = true;
        return invocation;
    }

    /// <returns>False where that is not the invocation that the process has.</returns>
    public bool Complete(string requestId, Answer answer) => _work is { } work && work.Invocation.RequestId == requestId && work.Answer.TrySetResult(answer);

    public void FailInit(ReadOnlyMemory<byte> error) => _ended.TrySetResult(new(error, Failed: true, Fatal: true) { Status = "error" });

    public void Dispose()
    {
        if (_process is not { HasExited: false } process)
            return;
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself, just now.
        }
    }

    private async Task FollowAsync(Process process)
    {
        try
        {
            await Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
            await process.WaitForExitAsync();
            // What watches for the cloud's end goes as well.
            process.StandardInput.Close();
            _ended.TrySetResult(ExitError(process.ExitCode, _work?.Invocation.RequestId));
        }
        catch (Exception error)
        {
            // Such as a log that can't be written: whoever waits for the process learns of it.
            _ended.TrySetException(error);
        }
    }

    private async Task ReadAsync(StreamReader lines)
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        while (await lines.ReadAsync(buffer) is > 0 and var count)
        {
            foreach (var character in buffer.AsSpan(0, count))
            {
                if (character != '\n')
                    line.Append(character);
                if (character != '\n' && line.Length < MaxLine)
                    continue;
                Take(line.ToString());
                line.Clear();
            }
        }

        if (line.Length > 0)
            Take(line.ToString());
    }

    private void Take(string line)
    {
        // A runtime sends newlines within one event as carriage returns.
        if (!_command.MarksEnd || !line.StartsWith('\u0001'))
            _log.Write(line.TrimEnd('\r').Replace('\r', '\n'));
        else if (_work is { } work && line.AsSpan(1).SequenceEqual(work.Invocation.RequestId))
            work.Written.TrySetResult();
    }

    // As shells count: 126 and 127 are programs that can't be run, 128 and more are signals.
    private static Answer ExitError(int code, string? requestId) => code switch
    {
        0 => Error("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited without providing a reason", "error"),
        126 or 127 => Error("Runtime.InvalidEntrypoint", $"RequestId: {requestId} Error: the runtime's program is missing or can't be run (exit status {code})", "error"),
        134 => Error("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited with error: signal: aborted", "error"),
        137 => Error("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited with error: signal: killed", "error"),
        _ => Error("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited with error: exit status {code}", "error"),
    };

    private static Answer TimedOut(string requestId, TimeSpan limit) =>
        Error("Sandbox.Timedout", FormattableString.Invariant($"RequestId: {requestId} Error: Task timed out after {limit.TotalSeconds:0.00} seconds"), "timeout");

    private static Answer Error(string type, string message, string status) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new { errorType = type, errorMessage = message }), Failed: true, Fatal: true) { Status = status };

    private sealed class Work(Invocation invocation)
    {
        public Invocation Invocation => invocation;

        /// <summary>Whether the process has it.</summary>
        public bool Delivered { get; set; }

        public TaskCompletionSource<Answer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
