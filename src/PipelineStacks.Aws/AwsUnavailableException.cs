namespace PipelineStacks.Aws;

/// <summary>No call can be made as things are set up: no Region, no credentials, or an endpoint where nothing answers. The message holds the fix.</summary>
public sealed class AwsUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static AwsUnavailableException NoRegion() =>
        new("No AWS Region is set. Set AWS_REGION, or a region in the profile that AWS_PROFILE names.");

    internal static AwsUnavailableException NoCredentials(Exception inner) =>
        new("No AWS credentials were found. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run 'aws sso login'.", inner);

    internal static AwsUnavailableException NothingAnswers(Uri endpoint, bool overridden, Exception inner)
    {
        var at = endpoint.GetLeftPart(UriPartial.Authority);
        return new(
            endpoint.IsLoopback ? $"Nothing answers at {at}. Start it with scripts/local-cloud, or unset AWS_ENDPOINT_URL to use AWS."
            : overridden ? $"Nothing answers at {at}. Correct AWS_ENDPOINT_URL, or unset it to use AWS."
            : $"Nothing answers at {at}. Check the Region's name and the network.",
            inner);
    }
}
