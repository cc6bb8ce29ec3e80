using System.Globalization;

namespace PipelineStacks.LocalCloud;

/// <summary>Reads the command line. All its errors come at once, each with the argument and the fix.</summary>
internal static class CommandLine
{
    public const string Help = """
        Usage: scripts/local-cloud [options]

        An embedded local cloud on 127.0.0.1 for the templates of this project, deployed by the real CDK CLI.

          --port N        port to listen on (default 4566)
          --data DIR      where the state lives (default .local-cloud)
          --ephemeral     keep no state: a temporary directory, deleted at the end
          --no-limits     don't enforce throughput limits
          --virtual-time  time stands still until POST /_local/clock/advance?seconds=N
          -h, --help      this text

        Examples:
          scripts/local-cloud
          scripts/local-cloud --port 4570 --ephemeral
          AWS_ENDPOINT_URL=http://127.0.0.1:4566 npx cdk deploy "Dev/*"
        """;

    public static (LocalCloudOptions Options, IReadOnlyList<string> Errors) Parse(IReadOnlyList<string> arguments)
    {
        var options = new LocalCloudOptions { DataDirectory = ".local-cloud" };
        var errors = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--ephemeral":
                    options = options with { DataDirectory = null };
                    break;
                case "--no-limits":
                    options = options with { Limits = false };
                    break;
                case "--virtual-time":
                    options = options with { VirtualTime = true };
                    break;
                case "--port" when i + 1 < arguments.Count:
                    if (int.TryParse(arguments[++i], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
                        options = options with { Port = port };
                    else
                        errors.Add($"--port {arguments[i]}: not a port. Give a number from 0 (any free one) to 65535.");
                    break;
                case "--data" when i + 1 < arguments.Count:
                    options = options with { DataDirectory = arguments[++i] };
                    break;
                case "--port" or "--data":
                    errors.Add($"{arguments[i]}: a value is missing. See --help.");
                    break;
                default:
                    errors.Add($"{arguments[i]}: no such option. See --help.");
                    break;
            }
        }

        return (options, errors);
    }
}
