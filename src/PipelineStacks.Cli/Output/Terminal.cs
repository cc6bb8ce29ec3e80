using Spectre.Console;

namespace PipelineStacks.Cli.Output;

/// <summary>Results go to standard output, and to people goes standard error, so that a program can read the one while a person reads the other.</summary>
internal sealed class Terminal
{
    // Wide enough that no table is broken for a reader that is no terminal.
    private const int WidthOfFiles = 400;

    public Terminal(TextWriter output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal)
    {
        Out = output;
        Error = error;
        IsInteractive = errorIsTerminal;
        Results = Console(output, outputIsTerminal);
        People = Console(error, errorIsTerminal);
    }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    /// <summary>Whether somebody watches: progress bars then, and plain lines otherwise.</summary>
    public bool IsInteractive { get; }

    public IAnsiConsole Results { get; }

    public IAnsiConsole People { get; }

    public static Terminal OfProcess() =>
        new(System.Console.Out, System.Console.Error, !System.Console.IsOutputRedirected, !System.Console.IsErrorRedirected);

    /// <summary>A line for people.</summary>
    public void Say(string line) => Error.WriteLine(line);

    private static IAnsiConsole Console(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isTerminal)
            console.Profile.Width = WidthOfFiles;
        return console;
    }
}
