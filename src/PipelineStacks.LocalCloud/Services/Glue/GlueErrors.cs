using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>Glue's errors, in its words.</summary>
internal static class GlueErrors
{
    public static ServiceException NotFound(string message) => new("EntityNotFoundException", message);

    public static ServiceException Exists(string what) => new("AlreadyExistsException", $"{what} already exists.");

    public static ServiceException Invalid(string message) => new("InvalidInputException", message);

    public static ErrorDetail Detail(ServiceException error) => new(error.Code, error.Message);
}
