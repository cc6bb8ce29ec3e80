using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Dms;

/// <summary>The service's errors, in its own words.</summary>
internal static class DmsErrors
{
    public static ServiceException NotFound(string what, string id) => new("ResourceNotFoundFault", $"{what} {id} not found.");

    public static ServiceException Exists(string what, string id) => new("ResourceAlreadyExistsFault", $"{what} with identifier {id} already exists.");

    public static ServiceException State(string message) => new("InvalidResourceStateFault", message);

    public static ServiceException Value(string message) => new("InvalidParameterValueException", message);

    public static ServiceException Combination(string message) => new("InvalidParameterCombinationException", message);
}
