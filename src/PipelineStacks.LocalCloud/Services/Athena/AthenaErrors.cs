using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Athena;

/// <summary>Athena's errors, in its words.</summary>
internal static class AthenaErrors
{
    public const string InvalidRequestCode = "InvalidRequestException";

    public static ServiceException Invalid(string message) => new(InvalidRequestCode, message);

    public static ServiceException Metadata(string message) => new("MetadataException", message);

    public static ServiceException NotFound(string message) => new("ResourceNotFoundException", message);

    public static Page<T> Page<T>(IEnumerable<T> all, string? token, int? max, int limit = 50) =>
        Services.Page<T>.Of(all, token, Math.Clamp(max ?? limit, 1, limit), InvalidRequestCode);
}
