using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.CloudFormation.Execution;

/// <summary>Errors of resources in the words of their events.</summary>
internal static class HandlerErrors
{
    public static string Reason(Exception error) => error is ServiceException { Code: "ValidationError" }
        ? error.Message
        : $"Resource handler returned message: \"{error.Message}\" (RequestToken: {Guid.NewGuid()}, HandlerErrorCode: {Code(error)})";

    public static bool IsNotFound(Exception error) => Code(error) == "NotFound";

    public static bool IsAlreadyExists(Exception error) => Code(error) == "AlreadyExists";

    private static string Code(Exception error) => error is not ServiceException service ? "InternalFailure" : service.Code switch
    {
        var code when Has(code, "AlreadyExists", "AlreadyOwnedByYou", "EntityAlreadyExists", "ParameterAlreadyExists", "ResourceInUse", "ResourceExists") => "AlreadyExists",
        var code when Has(code, "NotFound", "NoSuch", "EntityNotFound") => "NotFound",
        var code when Has(code, "AccessDenied", "Unauthorized") => "AccessDenied",
        var code when Has(code, "LimitExceeded") => "ServiceLimitExceeded",
        var code when Has(code, "Validation", "Invalid", "Malformed", "Serialization", "NotImplemented") => "InvalidRequest",
        _ => "GeneralServiceException",
    };

    private static bool Has(string code, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (code.Contains(word, StringComparison.Ordinal))
                return true;
        return false;
    }
}
