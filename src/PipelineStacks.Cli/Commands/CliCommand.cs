using System.CommandLine;

namespace PipelineStacks.Cli.Commands;

/// <summary>A command whose failures are told in one line and end in an exit code of their own.</summary>
internal abstract class CliCommand : Command
{
    private readonly CliContext _context;

    protected CliCommand(CliContext context, string name, string description)
        : base(name, description)
    {
        _context = context;
        SetAction(InvokeAsync);
    }

    /// <summary>Command lines that can be copied, for the help.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    protected CliContext Context => _context;

    protected abstract Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel);

    private async Task<int> InvokeAsync(ParseResult arguments, CancellationToken cancel)
    {
        try
        {
            return (int)await RunAsync(arguments, cancel);
        }
        catch (Exception error)
        {
            var (code, message) = Failures.Explain(error);
            _context.Terminal.Say(message);
            return (int)code;
        }
    }
}
