using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.SecretsManager;

internal static class SecretErrors
{
    public static ServiceException NotFound() => new("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    public static ServiceException NoValue(string what) =>
        new("ResourceNotFoundException", $"Secrets Manager can't find the specified secret value for {what}");

    public static ServiceException Invalid(string message) => new("InvalidRequestException", message);

    public static ServiceException Parameter(string message) => new("InvalidParameterException", message);

    public static ServiceException MarkedForDeletion() =>
        Invalid("You can't perform this operation on the secret because it was marked for deletion.");
}
