using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Firehose;

/// <summary>The service's errors, in its own words.</summary>
internal static class FirehoseErrors
{
    public static ServiceException Invalid(string message) => new("InvalidArgumentException", message);

    public static ServiceException NotFound(string name, string account) =>
        new("ResourceNotFoundException", $"Firehose {name} under account {account} not found.");

    public static ServiceException InUse(string name, string account) =>
        new("ResourceInUseException", $"Firehose {name} under accountId {account} already exists");

    public static ServiceException Limit(string message) => new("LimitExceededException", message);
}
