using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Records;

/// <summary>Where a consumer stands, and since when it holds the iterator that says so.</summary>
internal readonly record struct ShardPosition(Guid Stream, int Shard, long Index, DateTimeOffset Issued);

/// <summary>
/// Iterators are positions sealed with a key of this cloud: opaque to clients, nothing to keep for the cloud, good across
/// restarts. What the cloud did not make is no iterator.
/// </summary>
internal sealed class ShardIterators
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int PayloadLength = 16 + 4 + 8 + 8;
    private const int SealLength = 32;
    private const int KeyLength = 32;

    private readonly byte[] _key;
    private readonly TimeProvider _time;

    public ShardIterators(DataDirectory data, TimeProvider time)
    {
        _time = time;
        var file = Path.Combine(data.Folder("kinesis-keys"), "iterators.key");
        _key = File.Exists(file) ? File.ReadAllBytes(file) : [];
        if (_key.Length == KeyLength)
            return;
        _key = RandomNumberGenerator.GetBytes(KeyLength);
        File.WriteAllBytes(file, _key);
    }

    public string Make(KinesisStream stream, Shard shard, long index)
    {
        Span<byte> token = stackalloc byte[PayloadLength + SealLength];
        Guid.ParseExact(stream.State.Id, "N").TryWriteBytes(token);
        BinaryPrimitives.WriteInt32LittleEndian(token[16..], shard.Number);
        BinaryPrimitives.WriteInt64LittleEndian(token[20..], index);
        BinaryPrimitives.WriteInt64LittleEndian(token[28..], _time.GetUtcNow().ToUnixTimeMilliseconds());
        HMACSHA256.HashData(_key, token[..PayloadLength], token[PayloadLength..]);
        return Convert.ToBase64String(token);
    }

    /// <exception cref="Calls.ServiceException"><c>InvalidArgumentException</c>, <c>ExpiredIteratorException</c>.</exception>
    public ShardPosition Read(string iterator)
    {
        Span<byte> token = stackalloc byte[PayloadLength + SealLength];
        Span<byte> seal = stackalloc byte[SealLength];
        if (!Convert.TryFromBase64String(iterator, token, out var length) || length != token.Length)
            throw KinesisErrors.Invalid("Invalid ShardIterator.");
        HMACSHA256.HashData(_key, token[..PayloadLength], seal);
        if (!CryptographicOperations.FixedTimeEquals(seal, token[PayloadLength..]))
            throw KinesisErrors.Invalid("Invalid ShardIterator.");
        var position = new ShardPosition(
            new Guid(token[..16]),
            BinaryPrimitives.ReadInt32LittleEndian(token[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(token[20..]),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(token[28..])));
        var now = _time.GetUtcNow();
        if (now - position.Issued > Lifetime)
            throw new Calls.ServiceException("ExpiredIteratorException",
                $"Iterator expired. The iterator was created at time {Text(position.Issued)} while right now it is {Text(now)} "
                + "which is further in the future than the tolerated delay of 300000 milliseconds.");
        return position;
    }

    private static string Text(DateTimeOffset at) => at.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
}
