using PipelineStacks.Aws;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Aws.Lambda;
using PipelineStacks.Cli.Templates;

namespace PipelineStacks.Cli;

/// <summary>The one place where a reason to fail becomes an exit code and a message.</summary>
internal static class Failures
{
    private static readonly string[] Denied = ["AccessDenied", "AccessDeniedException", "UnrecognizedClientException", "ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId"];

    public static (ExitCode Code, string Message) Explain(Exception error) => error switch
    {
        UserError user => (user.Code, user.Message),
        TemplateException template => (ExitCode.BadInput, template.Message),
        AwsUnavailableException unavailable => (ExitCode.Unavailable, unavailable.Message),
        QueryFailedException query => (ExitCode.Failed, $"Athena: {query.Message}"),
        FunctionFailedException function => (ExitCode.Failed, $"The function {function.Message}"),
        AwsException aws when Denied.Contains(aws.Code) => (ExitCode.Unavailable, $"{aws.Message}. Check the credentials and what their policy allows."),
        AwsException aws => (ExitCode.Failed, aws.Message),
        OperationCanceledException => (ExitCode.Cancelled, "Stopped."),
        _ => (ExitCode.Bug, $"This is a bug of pipelines, please report it with the lines that follow.{System.Environment.NewLine}{error}"),
    };
}
