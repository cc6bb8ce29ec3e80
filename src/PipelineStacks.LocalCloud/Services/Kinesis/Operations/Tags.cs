using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>What tags may be.</summary>
internal static partial class Tags
{
    public const int Max = 50;

    /// <exception cref="ServiceException"><c>InvalidArgumentException</c>.</exception>
    public static void Check(string stream, string account, IReadOnlyDictionary<string, string>? tags)
    {
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
        {
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw KinesisErrors.Invalid("Tag keys that begin with aws: are reserved.");
            if (!Allowed().IsMatch(key) || !Allowed().IsMatch(value))
                throw InvalidCharacters();
        }

        if (tags?.Count > Max)
            throw KinesisErrors.Invalid(
                $"Failed to add tags to stream {stream} under account {account} because a given stream cannot have more than {Max} tags associated with it.");
    }

    /// <exception cref="ServiceException"><c>InvalidArgumentException</c>.</exception>
    public static void CheckKeys(IReadOnlyList<string> keys)
    {
        if (!keys.All(key => Allowed().IsMatch(key)))
            throw InvalidCharacters();
    }

    private static ServiceException InvalidCharacters() =>
        KinesisErrors.Invalid("Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.");

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-%@]*$")]
    private static partial Regex Allowed();
}
