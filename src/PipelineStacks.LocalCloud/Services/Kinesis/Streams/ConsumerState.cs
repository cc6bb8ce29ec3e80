using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>A registered consumer of a stream.</summary>
/// <param name="Arn">The stream's ARN, the name and the time of the registration.</param>
internal sealed record ConsumerState(
    ResourceKey Stream, string Name, string Arn, DateTimeOffset Created, IReadOnlyDictionary<string, string> Tags)
{
    /// <summary>The ARN of a consumer registered under a name at a time.</summary>
    public static string ArnOf(ResourceKey stream, string name, DateTimeOffset created) =>
        $"{StreamNames.ArnOf(stream)}/consumer/{name}:{created.ToUnixTimeSeconds()}";

    /// <summary>The ARN of a consumer's stream; a stream's own ARN stays as it is.</summary>
    public static string StreamOf(string arn) => arn.IndexOf("/consumer/", StringComparison.Ordinal) is >= 0 and var at ? arn[..at] : arn;

    /// <summary>Where consumers are kept: one of a name per stream.</summary>
    public static ResourceKey KeyOf(ResourceKey stream, string name) => stream with { Name = $"{stream.Name}/{name}" };

    public ResourceKey KeyOf() => KeyOf(Stream, Name);
}
