namespace PipelineStacks.LocalCloud.Services.S3.Storage;

/// <summary>
/// A bucket on disk: a folder of files, each one version's or part's content under a name of its own, and the journal that says
/// which of them are what. A file is written whole before the journal names it, so an object is there whole or not at all, and
/// what a killed process left unnamed is removed when the bucket is opened.
/// </summary>
internal sealed class BucketStorage : IDisposable
{
    // A journal is rewritten when it is this much longer than its contents need, or more.
    private const long Slack = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly FileReaper _reaper;
    private readonly Journal _journal;
    private volatile BucketContents _contents = BucketContents.Empty;
    private long _rewriteAt;
    private bool _closed;

    public BucketStorage(string folder, FileReaper reaper)
    {
        (_folder, _reaper) = (folder, reaper);
        Directory.CreateDirectory(Files);
        var (contents, freed) = (BucketContents.Empty, new List<string>());
        _journal = Journal.Open(Path.Combine(folder, "journal"), entry => contents = contents.Apply(entry, freed));
        _contents = contents;
        if (freed.Count > 0)
            _journal.Rewrite(contents.Entries());
        _rewriteAt = _journal.Length * 2 + Slack;
        RemoveOrphans();
    }

    public BucketContents Contents => _contents;

    private string Files => Path.Combine(_folder, "objects");

    public string PathOf(string file) => Path.Combine(Files, file);

    /// <summary>A name for a new file. It ends like the key, for engines that tell formats and compression by the ending.</summary>
    public static string NewFile(string key)
    {
        var extension = Path.GetExtension(key);
        var plain = extension.Length is > 1 and <= 12 && extension.AsSpan(1).IndexOfAnyExcept(NameCharacters) < 0;
        return Guid.NewGuid().ToString("N") + (plain ? extension : "");
    }

    /// <summary>Changes the contents: what the decision returns is in the journal when this returns.</summary>
    /// <param name="decide">Sees the contents that it changes; null changes nothing. May throw.</param>
    /// <returns>False when the bucket has been deleted.</returns>
    public bool TryCommit(Func<BucketContents, JournalEntry?> decide)
    {
        var freed = new List<string>();
        lock (_lock)
        {
            if (_closed)
                return false;
            if (decide(_contents) is not { } entry)
                return true;
            _journal.Append(entry);
            _contents = _contents.Apply(entry, freed);
            if (_journal.Length > _rewriteAt)
            {
                _journal.Rewrite(_contents.Entries());
                _rewriteAt = _journal.Length * 2 + Slack;
            }
        }

        foreach (var file in freed)
            _reaper.Remove(PathOf(file));
        return true;
    }

    /// <summary>Removes content that became no object after all.</summary>
    public void Discard(WrittenContent content)
    {
        if (File.Exists(PathOf(content.File)))
            File.Delete(PathOf(content.File));
    }

    /// <summary>Ends the bucket's life if it holds no object.</summary>
    public bool TryClose()
    {
        lock (_lock)
            return _contents.Objects.IsEmpty && (_closed = true);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            _journal.Dispose();
        }
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private void RemoveOrphans()
    {
        var known = _contents.Files().ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(Files))
            if (!known.Contains(Path.GetFileName(file)))
                File.Delete(file);
    }
}
