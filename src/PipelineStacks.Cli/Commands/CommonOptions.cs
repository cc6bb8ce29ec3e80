using System.CommandLine;
using System.Globalization;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public const string DefaultEnvironment = "dev";

    public static Option<string> Environment() => new("--env")
    {
        Description = "The environment, as cdk.json names it",
        HelpName = "name",
        DefaultValueFactory = _ => DefaultEnvironment,
    };

    /// <param name="formats">The first one is the default.</param>
    public static Option<OutputFormat> Format(params OutputFormat[] formats)
    {
        var names = string.Join('|', formats.Select(format => format.ToString().ToLowerInvariant()));
        var option = new Option<OutputFormat>("--format")
        {
            Description = "How results are written; what is for people then goes to standard error",
            HelpName = names,
            DefaultValueFactory = _ => formats[0],
            CustomParser = result =>
            {
                var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                foreach (var format in formats)
                {
                    if (text.Equals(format.ToString(), StringComparison.OrdinalIgnoreCase))
                        return format;
                }

                result.AddError($"--format {text}: choose one of {names}.");
                return formats[0];
            },
        };
        return option;
    }

    /// <summary>Refuses numbers outside a range, with the fix.</summary>
    public static Option<T> Between<T>(this Option<T> option, double least, double most)
    {
        option.Validators.Add(result =>
        {
            // What is no number is refused by the parser itself.
            if (result.Tokens is [{ Value: var text }, ..] && double.TryParse(text, CultureInfo.InvariantCulture, out var value) && !(value >= least && value <= most))
                result.AddError($"{option.Name} {text}: give a number from {least} to {most}.");
        });
        return option;
    }
}
