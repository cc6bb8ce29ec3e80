namespace PipelineStacks.LocalCloud.Calls;

/// <summary>An error that the real service would answer with: code, message and HTTP status go to the client as they are.</summary>
internal class ServiceException(string code, string message, int status = 400) : Exception(message)
{
    public string Code => code;

    public int Status => status;

    /// <summary>The operation, member or value exists on AWS but not here; the house rule is to say so by name.</summary>
    public static ServiceException Unsupported(string what) =>
        new("NotImplementedByLocalCloud", $"{what} is not supported by the local cloud.", 501);

    /// <summary>A required member is missing or a value is outside its range, in the words that AWS's JSON services use.</summary>
    public static ServiceException Validation(string member, string? value, string constraint) =>
        new("ValidationException",
            $"1 validation error detected: Value {(value is null ? "null" : $"'{value}'")} at '{member}' failed to satisfy constraint: {constraint}");
}
