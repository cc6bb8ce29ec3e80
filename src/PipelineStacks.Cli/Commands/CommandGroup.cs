using System.CommandLine;

namespace PipelineStacks.Cli.Commands;

/// <summary>Commands about one thing, under its name.</summary>
internal sealed class CommandGroup : Command
{
    public CommandGroup(string name, string description, params CliCommand[] commands)
        : base(name, description)
    {
        foreach (var command in commands)
            Add(command);
    }
}
