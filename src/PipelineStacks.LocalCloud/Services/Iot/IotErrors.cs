using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Iot;

internal static class IotErrors
{
    public static ServiceException Invalid(string message) => new("InvalidRequestException", message);

    public static ServiceException Sql(string message) => new("SqlParseException", message);

    public static ServiceException Missing(string what) => new("ResourceNotFoundException", $"{what} does not exist", 404);

    public static ServiceException Exists(string what) => new("ResourceAlreadyExistsException", $"{what} already exists", 409);

    public static ServiceException Conflict(string message) => new("DeleteConflictException", message, 409);
}
