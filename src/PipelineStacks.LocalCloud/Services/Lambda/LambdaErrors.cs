using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Lambda;

internal static class LambdaErrors
{
    public static ServiceException NotFound(string arn) => new("ResourceNotFoundException", $"Function not found: {arn}", 404);

    public static ServiceException Invalid(string message) => new("InvalidParameterValueException", message);

    public static ServiceException Conflict(string message) => new("ResourceConflictException", message, 409);

    public static ServiceException WrongRevision() => new("PreconditionFailedException",
        "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id", 412);

    public static ServiceException Throttled() => new("TooManyRequestsException", "Rate Exceeded.", 429);
}
