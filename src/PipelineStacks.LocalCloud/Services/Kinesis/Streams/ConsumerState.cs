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

    /// <summary>Where consumers are kept: one of a name per stream.</summary>
    public static ResourceKey KeyOf(ResourceKey stream, string name) => stream with { Name = $"{stream.Name}/{name}" };

    public ResourceKey KeyOf() => KeyOf(Stream, Name);
}
