using PipelineStacks.LocalCloud.Clock;

namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>Removes the files of replaced and deleted objects, late enough that whoever was given one can read it to its end.</summary>
internal sealed class FileReaper(CloudClock clock)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset Due, string File)> _files = new();

    public void Remove(string file)
    {
        lock (_lock)
        {
            _files.Enqueue((clock.GetUtcNow() + Grace, file));
            if (_files.Count == 1)
                clock.After(Grace, "removing files of deleted objects", RemoveDue);
        }
    }

    private Task RemoveDue()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            while (_files.TryPeek(out var next) && next.Due <= now)
            {
                _files.Dequeue();
                // The folder goes with its bucket.
                if (File.Exists(next.File))
                    File.Delete(next.File);
            }

            if (_files.TryPeek(out var later))
                clock.At(later.Due, "removing files of deleted objects", RemoveDue);
        }

        return Task.CompletedTask;
    }
}
