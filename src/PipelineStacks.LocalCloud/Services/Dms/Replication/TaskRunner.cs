using System.Text.Json;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Dms.Contracts;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>
/// Runs one task: starts its worker, takes what the worker says, and starts it again when it dies. Everything that counts is on
/// disk before it is acted on, so the task goes on where it was after any kill of the worker or of the cloud.
/// </summary>
internal sealed class TaskRunner : IAsyncDisposable
{
    private readonly TaskServices _services;
    private readonly TaskSettings _settings;
    private readonly TaskReports _reports;
    private readonly TargetStore _target;
    private readonly WorkerMessages _messages;
    private readonly ChangeBuffer _changes;
    private readonly TaskMetrics _metrics;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Progress _progress;
    private readonly string _folder;
    private readonly string _arn;
    private WorkerProcess? _worker;
    private Task _running = Task.CompletedTask;
    private IDisposable? _retry;
    private int _failures;
    private bool _stopping;

    public TaskRunner(TaskServices services, ReplicationTask task)
    {
        (_services, _arn) = (services, task.ReplicationTaskArn);
        _settings = TaskSettings.Parse(task.ReplicationTaskSettings);
        _reports = services.ReportsOf(task, _settings);
        _target = services.TargetOf(task.TargetEndpointArn, TaskReports.IdOf(task));
        _folder = services.FolderOf(_arn);
        _progress = Progress.Open(Path.Combine(_folder, "progress.json"));
        _metrics = new(_reports, services.Clock);
        _changes = new(services, _target, _progress, _metrics, _folder, _gate, FailAsync);
        _messages = new(services, _target, _progress, _reports, _metrics, _changes, _settings);
    }

    public Progress Progress => _progress;

    public ChangeBuffer Changes => _changes;

    public int? WorkerId => _worker?.Id;

    /// <summary>Whether its worker is gone, and the next one will be started when the wait is over.</summary>
    public bool IsRecovering => _retry is not null;

    private ReplicationTask Current => _services.State.RunsOf(_arn).TryGet(DmsState.KeyOf(_arn), out var task) ? task : throw DmsErrors.NotFound("Replication task", _arn);

    /// <summary>Delivers what an earlier run left and starts the worker.</summary>
    public async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            await _changes.RecoverAsync();
            await LaunchAsync();
        }
        catch (ServiceException error)
        {
            Fail(error.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Loads tables anew while the task goes on.</summary>
    public async Task ReloadAsync(IReadOnlyList<TableToReload> tables)
    {
        await HaltAsync();
        await _gate.WaitAsync();
        try
        {
            await _changes.FlushAsync();
            foreach (var table in tables)
                _progress.Change(table.SchemaName, table.TableName, one => one with { State = TableStates.Reloading, Message = null, Reloaded = true, LoadedRows = 0, Applied = default });
            _progress.LoadDone = false;
            _progress.Save();
            _stopping = false;
            await LaunchAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    // Of the statistics only the moment is kept; the others are counted when somebody asks.
    private ReplicationTaskStats StoppedNow => new() { StopDate = _services.Clock.GetUtcNow() };

    /// <summary>Ends the worker and puts what is whole into files.</summary>
    public async Task StopAsync(string reason)
    {
        await HaltAsync();
        await _gate.WaitAsync();
        try
        {
            await _changes.FlushAsync();
            Update(task => task with { Status = "stopped", StopReason = reason, ReplicationTaskStats = StoppedNow });
        }
        catch (Exception error) when (error is ServiceException or IOException)
        {
            Fail(error.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets go, as at the end of the cloud: the next start takes it up again.</summary>
    public async ValueTask DisposeAsync()
    {
        await HaltAsync();
        _changes.Dispose();
        _gate.Dispose();
    }

    private async Task HaltAsync()
    {
        _stopping = true;
        _metrics.Stop();
        _retry?.Dispose();
        _retry = null;
        _worker?.Kill();
        await _running;
    }

    private async Task LaunchAsync()
    {
        var configuration = await new WorkerConfiguration(_services, _settings, _target, _progress, _folder).OfAsync(Current, _changes.Position);
        foreach (var left in Directory.EnumerateFiles(_folder, "*.load"))
            File.Delete(left);
        _messages.Begin();
        _worker = WorkerProcess.Start(configuration);
        _metrics.Start(() => _changes.Waiting);
        _running = FollowAsync(_worker);
    }

    private async Task FollowAsync(WorkerProcess worker)
    {
        var errors = await worker.ReadAsync(HandleAsync);
        await _gate.WaitAsync();
        try
        {
            worker.Dispose();
            if (_worker == worker)
                _worker = null;
            _changes.DropUnfinished();
            if (_stopping)
                return;
            await EndAsync(errors);
        }
        catch (Exception error) when (error is ServiceException or IOException or DuckDb.DuckException)
        {
            Fail(error.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task HandleAsync(string line)
    {
        await _gate.WaitAsync();
        try
        {
            if (_stopping || _messages.Failure is not null)
                return;
            var before = _messages.TableFailure;
            await _messages.HandleAsync(line);
            if (_messages.TableFailure is { } table && table != before)
                Update(task => task with { LastFailureMessage = $"Last Error {table}. Error Level TABLE" });
            if (_messages.Selected && Current.Status == "starting")
                Update(task => task with { Status = "running" });
        }
        catch (Exception error) when (error is ServiceException or IOException or DuckDb.DuckException or JsonException)
        {
            _messages.Failure = new(error.Message, error is ServiceException);
            _worker?.Kill();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task EndAsync(string errors)
    {
        if (_messages.Done)
        {
            await _changes.FlushAsync();
            _metrics.Stop();
            Update(task => task with { Status = "stopped", StopReason = "Stop Reason FULL_LOAD_ONLY_FINISHED", ReplicationTaskStats = StoppedNow });
            _services.Events.TaskChanged(Current, "The replication task has stopped. Stop Reason FULL_LOAD_ONLY_FINISHED", "state change", "REPLICATION_TASK_STOPPED");
            return;
        }

        var failure = _messages.Failure ?? new($"The replication worker ended unexpectedly. {errors}".Trim(), true);
        _reports.Log('E', "TASK_MANAGER", failure.Message);
        if (_messages.Selected)
            _failures = 0;
        // A source that never answered is the configuration's fault; one that did is waited for.
        if (!failure.Recoverable || (Current.Status == "starting" && !_messages.Selected) || (_settings.RecoverableErrorCount >= 0 && _failures >= _settings.RecoverableErrorCount))
        {
            Fail(failure.Message);
            return;
        }

        var wait = TimeSpan.FromSeconds(Math.Min(
            _settings.RecoverableErrorInterval * (_settings.RecoverableErrorThrottling ? Math.Pow(2, Math.Min(_failures, 20)) : 1), _settings.RecoverableErrorThrottlingMax));
        _failures++;
        _metrics.Lost();
        Update(task => task with { LastFailureMessage = failure.Message });
        _retry = _services.Clock.After(wait, $"recovering {Current.ReplicationTaskIdentifier}", RetryAsync);
    }

    private async Task RetryAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _retry = null;
            if (_stopping)
                return;
            _changes.Resume();
            await LaunchAsync();
        }
        catch (ServiceException error)
        {
            Fail(error.Message);
        }
        finally
        {
            _gate.Release();
        }
    }

    private Task FailAsync(string message)
    {
        _messages.Failure = new(message, true);
        if (_worker is { } worker)
            worker.Kill();
        else
            Fail(message);
        return Task.CompletedTask;
    }

    private void Fail(string message)
    {
        _metrics.Stop();
        var text = $"Last Error {message} Stop Reason FATAL_ERROR Error Level FATAL";
        Update(task => task with { Status = "failed", LastFailureMessage = text, StopReason = "Stop Reason FATAL_ERROR Error Level FATAL", ReplicationTaskStats = StoppedNow });
        _services.Events.TaskChanged(Current, $"The replication task has failed. {text}", "failure", "REPLICATION_TASK_FAILED");
        _reports.Log('E', "TASK_MANAGER", text);
    }

    private void Update(Func<ReplicationTask, ReplicationTask> change) => _services.State.RunsOf(_arn).Update(DmsState.KeyOf(_arn), change);
}
