using System.Collections.Concurrent;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.S3.Storage;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>A bucket with its contents, which are read from disk when they are first asked for.</summary>
internal sealed class Bucket(BucketRecord record, Func<BucketStorage> open)
{
    private readonly Lazy<BucketStorage> _storage = new(open);
    private volatile State _state = new(record, new(record));

    public string Name => Record.Name;

    public string Arn => Buckets.ArnOf(Name);

    public BucketRecord Record => _state.Record;

    public BucketSettings Settings => _state.Settings;

    public BucketStorage Storage => _storage.Value;

    public void Change(BucketRecord changed) => _state = new(changed, new(changed));

    public void Close()
    {
        if (_storage.IsValueCreated)
            _storage.Value.Dispose();
    }

    private sealed record State(BucketRecord Record, BucketSettings Settings);
}

/// <summary>All buckets there are. Who calls its methods has authorised the call.</summary>
internal sealed class Buckets : IDisposable
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly StateCollection<BucketRecord> _records;
    private readonly DataDirectory _data;
    private readonly FileReaper _reaper;
    private readonly TimeProvider _time;
    private readonly Lock _changing = new();

    public Buckets(StateStore state, DataDirectory data, FileReaper reaper, CloudClock clock)
    {
        (_data, _reaper, _time) = (data, reaper, clock);
        _records = state.Open<BucketRecord>("s3", "buckets");
        foreach (var (_, record) in _records.All)
            Add(record);
    }

    public IEnumerable<Bucket> All => _buckets.Values;

    public static string ArnOf(string bucket) => $"arn:aws:s3:::{bucket}";

    public IReadOnlyList<Bucket> Of(string account) =>
        [.. _buckets.Values.Where(bucket => bucket.Record.Account == account).OrderBy(bucket => bucket.Name, StringComparer.Ordinal)];

    /// <param name="expectedOwner">The account that the client believes to own the bucket.</param>
    public Bucket Get(string name, string? expectedOwner = null)
    {
        var bucket = Find(name) ?? throw S3Errors.NoSuchBucket(name);
        return expectedOwner is null || expectedOwner == bucket.Record.Account ? bucket : throw S3Errors.AccessDenied();
    }

    /// <summary>The bucket of CDK's bootstrap exists by itself, since nobody bootstraps a local cloud.</summary>
    public Bucket? Find(string name) =>
        _buckets.TryGetValue(name, out var bucket) ? bucket
        : BucketNames.OfBootstrap(name) is var (account, region) ? CreateOrGet(Bootstrap(name, account, region))
        : null;

    public Bucket Create(string name, string account, string region)
    {
        if (!BucketNames.IsValid(name))
            throw S3Errors.InvalidBucketName(name);
        lock (_changing)
        {
            if (Find(name) is not { } existing)
                return Make(WithDefaults(new(name, account, region, _time.GetUtcNow())));
            // The oldest Region answers a repeated creation with success, as it always has.
            if (existing.Record.Account == account && existing.Record.Region == region && region == Callers.DefaultRegion)
                return existing;
            throw existing.Record.Account == account
                ? new S3Exception("BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.", 409, ("BucketName", name))
                : new S3Exception("BucketAlreadyExists",
                    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
                    409, ("BucketName", name));
        }
    }

    public void Delete(Bucket bucket)
    {
        lock (_changing)
        {
            if (!bucket.Storage.TryClose())
                throw S3Errors.BucketNotEmpty(bucket.Name);
            // The record goes first: a folder that is left behind by a killed process is cleared before the name is used again.
            _records.Remove(KeyOf(bucket.Record));
            _buckets.TryRemove(bucket.Name, out _);
            bucket.Close();
            Directory.Delete(FolderOf(bucket.Name), recursive: true);
        }
    }

    public void Configure(Bucket bucket, string subresource, string? configuration)
    {
        lock (_changing)
        {
            var changed = bucket.Record.With(subresource, configuration);
            _records.Put(KeyOf(changed), changed);
            bucket.Change(changed);
        }
    }

    public void Dispose()
    {
        foreach (var bucket in _buckets.Values)
            bucket.Close();
    }

    private static ResourceKey KeyOf(BucketRecord record) => new(record.Account, record.Region, record.Name);

    // What S3 gives to every new bucket since 2023.
    private static BucketRecord WithDefaults(BucketRecord record) => record
        .With("publicAccessBlock",
            "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>"
            + "<BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>")
        .With("ownershipControls",
            "<OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>");

    private BucketRecord Bootstrap(string name, string account, string region) =>
        WithDefaults(new(name, account, region, _time.GetUtcNow()))
            .With("versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");

    private Bucket CreateOrGet(BucketRecord record)
    {
        lock (_changing)
            return _buckets.TryGetValue(record.Name, out var bucket) ? bucket : Make(record);
    }

    private Bucket Make(BucketRecord record)
    {
        var folder = FolderOf(record.Name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        _records.Put(KeyOf(record), record);
        return Add(record);
    }

    private Bucket Add(BucketRecord record) =>
        _buckets[record.Name] = new(record, () => new BucketStorage(FolderOf(record.Name), _reaper));

    private string FolderOf(string bucket) => Path.Combine(_data.Root, "s3", bucket);
}
