using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.CloudFormation.Templates;

/// <summary>Errors in CloudFormation's words. Nearly all that is wrong with a request or template is a ValidationError.</summary>
internal static class TemplateErrors
{
    public static ServiceException Validation(string message) => new("ValidationError", message);

    public static ServiceException Format(string message) => Validation($"Template format error: {message}");

    public static ServiceException Template(string message) => Validation($"Template error: {message}");

    public static ServiceException Unsupported(string what) =>
        Validation($"Template error: {what} is not supported by the local cloud.");
}
