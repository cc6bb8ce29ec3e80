using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>
/// A shard's sequence numbers: 56 decimal digits, as AWS's have today, strictly increasing in the shard and from a shard to
/// the shards that came from it. <c>49</c>, the shard's creation (13 digits) and number (10) stand before the record's index
/// (19); the last 12 digits tell a record's number from the shard's first and last.
/// </summary>
internal sealed partial class SequenceNumbers
{
    public const int Length = 56;
    private const int PrefixLength = 25;
    private const int IndexLength = 19;
    private const string RecordSuffix = "000000000002";
    private const string BoundSuffix = "000000000000";

    private static readonly byte[] RecordSuffixUtf8 = Encoding.ASCII.GetBytes(RecordSuffix);

    private readonly string _prefix;
    private readonly byte[] _prefixUtf8;

    public SequenceNumbers(DateTimeOffset shardCreated, int shardNumber)
    {
        _prefix = string.Create(CultureInfo.InvariantCulture, $"49{shardCreated.ToUnixTimeMilliseconds():D13}{shardNumber:D10}");
        _prefixUtf8 = Encoding.ASCII.GetBytes(_prefix);
    }

    /// <summary>The shard's starting number, before its first record's.</summary>
    public string Start => Bound(0);

    public string Of(long index) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{index:D19}{RecordSuffix}");

    /// <summary>The number that stands between the records before an index and those from it on.</summary>
    public string Bound(long index) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{index:D19}{BoundSuffix}");

    /// <summary>Whether a client can have got the text as a sequence number of some shard; 0 means the beginning.</summary>
    public static bool IsPlausible(string number) =>
        number == "0" || (number.Length == Length && number.StartsWith("49", StringComparison.Ordinal) && number.All(char.IsAsciiDigit));

    public void Write(long index, Span<byte> utf8)
    {
        _prefixUtf8.CopyTo(utf8);
        System.Buffers.Text.Utf8Formatter.TryFormat(index, utf8[PrefixLength..], out _, new System.Buffers.StandardFormat('D', IndexLength));
        RecordSuffixUtf8.CopyTo(utf8[(PrefixLength + IndexLength)..]);
    }

    /// <summary>Where reading at or after a sequence number begins.</summary>
    /// <returns>Null for a number that this shard never gave.</returns>
    public long? IndexOf(string number, bool after)
    {
        if (number.Length != Length || !number.StartsWith(_prefix, StringComparison.Ordinal))
            return null;
        if (!long.TryParse(number.AsSpan(PrefixLength, IndexLength), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return null;
        var order = string.CompareOrdinal(number, PrefixLength + IndexLength, RecordSuffix, 0, RecordSuffix.Length);
        return order > 0 || (order == 0 && after) ? index + 1 : index;
    }

    [GeneratedRegex(@"0|([1-9]\d{0,128})")]
    public static partial Regex Pattern();
}
