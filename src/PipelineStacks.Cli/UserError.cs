namespace PipelineStacks.Cli;

/// <summary>Something that the user can put right: one line that says what and how.</summary>
internal sealed class UserError(ExitCode code, string message) : Exception(message)
{
    public UserError(string message)
        : this(ExitCode.BadInput, message)
    {
    }

    public ExitCode Code => code;
}
