using System.Text.RegularExpressions;

namespace PipelineStacks.LocalCloud.Services.S3;

/// <summary>The rules for names of buckets: <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"/>.</summary>
internal static partial class BucketNames
{
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] ReservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];

    public static bool IsValid(string name) =>
        Valid().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal) && !FourNumbers().IsMatch(name)
        && !ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
        && !ReservedSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>Whether this is the bucket that CDK's bootstrap makes, and for which account and Region.</summary>
    public static (string Account, string Region)? OfBootstrap(string name) =>
        Bootstrap().Match(name) is { Success: true } match ? (match.Groups["account"].Value, match.Groups["region"].Value) : null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Valid();

    [GeneratedRegex(@"^\d+\.\d+\.\d+\.\d+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex FourNumbers();

    [GeneratedRegex(@"^cdk-hnb659fds-assets-(?<account>\d{12})-(?<region>[a-z]{2}(-[a-z]+)+-\d)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Bootstrap();
}
