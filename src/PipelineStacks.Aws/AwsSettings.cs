using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;

namespace PipelineStacks.Aws;

/// <summary>
/// Where calls go and as whom, read from the standard AWS environment variables and the profile, so that the same program
/// works on AWS and on the local cloud.
/// </summary>
/// <param name="environment">Reads an environment variable; the process's own unless a test brings others.</param>
public sealed class AwsSettings(Func<string, string?> environment)
{
    /// <summary>The Region on a loopback endpoint if none is set: the local cloud needs no decision.</summary>
    public const string DefaultLocalRegion = "eu-west-1";

    /// <summary>The settings of this process.</summary>
    public static AwsSettings FromEnvironment() => new(Environment.GetEnvironmentVariable);

    /// <summary>The endpoint for all services, if one is set instead of AWS's own.</summary>
    public Uri? Endpoint => ReadEndpoint("AWS_ENDPOINT_URL");

    /// <summary>True where calls stay on this machine.</summary>
    public bool IsLocal => Endpoint?.IsLoopback == true;

    /// <summary>The Region, from the environment or the profile.</summary>
    /// <exception cref="AwsUnavailableException">None is set, and the endpoint is AWS's.</exception>
    public string Region =>
        Read("AWS_REGION") ?? Read("AWS_DEFAULT_REGION") ?? FindProfile()?.Region?.SystemName
        ?? (IsLocal ? DefaultLocalRegion : throw AwsUnavailableException.NoRegion());

    /// <summary>The endpoint override of one service: <c>AWS_ENDPOINT_URL_KINESIS</c> before <c>AWS_ENDPOINT_URL</c> before the profile's.</summary>
    /// <param name="serviceId">As AWS's models name the service: <c>CloudFormation</c>.</param>
    public Uri? EndpointFor(string serviceId)
    {
        if (string.Equals(Read("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        var variable = "AWS_ENDPOINT_URL_" + serviceId.ToUpperInvariant().Replace(' ', '_');
        return ReadEndpoint(variable) ?? Endpoint ?? (FindProfile()?.EndpointUrl is { Length: > 0 } url ? Parse("endpoint_url of the profile", url) : null);
    }

    /// <summary>The credentials by AWS's chain. A loopback endpoint checks none, so that made-up ones do where none are configured.</summary>
    internal AWSCredentials CredentialsFor(Uri? endpoint, ClientConfig config)
    {
        if (Read("AWS_ACCESS_KEY_ID") is { } key && Read("AWS_SECRET_ACCESS_KEY") is { } secret)
            return Read("AWS_SESSION_TOKEN") is { } token ? new SessionAWSCredentials(key, secret, token) : new BasicAWSCredentials(key, secret);
        if (endpoint?.IsLoopback == true)
        {
            return FindProfile() is { } profile && AWSCredentialsFactory.TryGetAWSCredentials(profile, new CredentialProfileStoreChain(), out var found)
                ? found
                : new BasicAWSCredentials("local", "local");
        }

        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials(config);
        }
        catch (AmazonClientException error)
        {
            throw AwsUnavailableException.NoCredentials(error);
        }
    }

    private CredentialProfile? FindProfile() =>
        new CredentialProfileStoreChain(Read("AWS_SHARED_CREDENTIALS_FILE")).TryGetProfile(Read("AWS_PROFILE") ?? "default", out var profile) ? profile : null;

    private Uri? ReadEndpoint(string variable) => Read(variable) is { } url ? Parse(variable, url) : null;

    private static Uri Parse(string source, string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new Uri(url)
            : throw new AwsUnavailableException($"{source} is '{url}', which is not a URL. Set it to one such as http://127.0.0.1:4566, or unset it to use AWS.");

    private string? Read(string variable) => environment(variable) is { Length: > 0 } value ? value : null;
}
