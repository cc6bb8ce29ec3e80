using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>How requests name streams and consumers.</summary>
internal static partial class StreamNames
{
    public static ResourceKey Resolve(Call call, string? name, string? arn)
    {
        if (arn is null)
            return name is null
                ? throw KinesisErrors.Invalid("Either StreamName or StreamARN must be provided.")
                : new ResourceKey(call.Account, call.Region, name);
        var key = FromArn(arn);
        return name is null || name == key.Name
            ? key
            : throw KinesisErrors.Invalid($"StreamName {name} and StreamARN {arn} name different streams.");
    }

    public static string ArnOf(ResourceKey key) => $"arn:aws:kinesis:{key.Region}:{key.Account}:stream/{key.Name}";

    public static ResourceKey FromArn(string arn)
    {
        var match = StreamArn().Match(arn);
        if (!match.Success)
            new Validation().Fail("streamARN", arn, @"Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\d{12}:stream/\S+").Throw();
        return new ResourceKey(match.Groups["account"].Value, match.Groups["region"].Value, match.Groups["name"].Value);
    }

    [GeneratedRegex(@"^arn:aws[^:]*:kinesis:(?<region>[^:]*):(?<account>\d{12}):stream/(?<name>[a-zA-Z0-9_.-]+)$")]
    private static partial Regex StreamArn();
}
