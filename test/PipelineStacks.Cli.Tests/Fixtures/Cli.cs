using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Tests.Fixtures;

/// <summary>Runs command lines in process, with variables of their own and what they print kept.</summary>
internal static class Cli
{
    public static Task<(ExitCode Code, string Output, string Error)> RunAsync(IReadOnlyDictionary<string, string?> environment, string? folder, params string[] arguments) =>
        RunAsync(environment, folder, TimeProvider.System, arguments);

    public static async Task<(ExitCode Code, string Output, string Error)> RunAsync(
        IReadOnlyDictionary<string, string?> environment, string? folder, TimeProvider time, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var context = new CliContext(new Terminal(output, error, outputIsTerminal: false, errorIsTerminal: false), time, environment.GetValueOrDefault, folder ?? AppContext.BaseDirectory);
        var code = await CommandLine.InvokeAsync(arguments, context);
        return ((ExitCode)code, output.ToString(), error.ToString());
    }

    public static Task<(ExitCode Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunAsync(new Dictionary<string, string?> { ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{FakeService.FreePort()}" }, null, arguments);
}
