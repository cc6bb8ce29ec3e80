using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Kinesis.Streams;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Operations;

/// <summary>What tags may be.</summary>
internal static class Tags
{
    public const int Max = 50;

    /// <exception cref="ServiceException"><c>ValidationException</c> or <c>InvalidArgumentException</c>.</exception>
    public static void Check(IReadOnlyDictionary<string, string>? tags)
    {
        var validation = new Validation();
        foreach (var (key, value) in tags ?? new Dictionary<string, string>())
        {
            validation.Length("tags", key, 1, 128).Length("tags", value, 0, 256);
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw KinesisErrors.Invalid("Tag keys that begin with aws: are reserved.");
        }

        validation.Throw();
        if (tags?.Count > Max)
            throw KinesisErrors.Invalid($"Failed to add tags to stream: a stream has at most {Max} tags.");
    }
}
