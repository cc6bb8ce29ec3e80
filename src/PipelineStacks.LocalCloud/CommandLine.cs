using System.Globalization;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;

namespace PipelineStacks.LocalCloud;

/// <summary>Reads the command line. All its errors come at once, each with the argument and the fix.</summary>
internal static class CommandLine
{
    public const string Help = """
        Usage: scripts/local-cloud [options]

        An embedded local cloud on 127.0.0.1 for the templates of this project, deployed by the real CDK CLI.

          --port N        port to listen on (default 4566)
          --mqtt-port N   port of the MQTT broker for devices (default 1883; with another --port any free one, which
                          GET /_local/iot tells, as does aws iot describe-endpoint)
          --data DIR      where the state lives (default .local-cloud)
          --ephemeral     keep no state: a temporary directory, deleted at the end
          --no-limits     don't enforce throughput limits
          --virtual-time  time stands still until POST /_local/clock/advance?seconds=N
          -h, --help      this text

        LOCAL_CLOUD_MYSQL=mysql://user:password@host:port in the environment serves the DB instance from that server.

        Examples:
          scripts/local-cloud
          scripts/local-cloud --port 4570 --ephemeral
          AWS_ENDPOINT_URL=http://127.0.0.1:4566 npx cdk deploy "Dev/*"
        """;

    /// <param name="mySql">The environment's LOCAL_CLOUD_MYSQL.</param>
    public static (LocalCloudOptions Options, IReadOnlyList<string> Errors) Parse(IReadOnlyList<string> arguments, string? mySql = null)
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
                    options = options with { Port = Port(arguments[i], arguments[++i], errors) };
                    break;
                case "--mqtt-port" when i + 1 < arguments.Count:
                    options = options with { MqttPort = Port(arguments[i], arguments[++i], errors) };
                    break;
                case "--data" when i + 1 < arguments.Count:
                    options = options with { DataDirectory = arguments[++i] };
                    break;
                case "--port" or "--mqtt-port" or "--data":
                    errors.Add($"{arguments[i]}: a value is missing. See --help.");
                    break;
                default:
                    errors.Add($"{arguments[i]}: no such option. See --help.");
                    break;
            }
        }

        if (!string.IsNullOrEmpty(mySql))
        {
            options = options with { ExistingMySql = ExistingMySql.Parse(mySql) };
            // It has a password in it, which nobody wants to see.
            if (options.ExistingMySql is null)
                errors.Add($"{ExistingMySql.Variable}: not a connection string. Write mysql://user:password@host:port, other characters than letters and digits percent-encoded.");
        }

        // Two clouds side by side don't get in each other's way for a port that nobody chose.
        return (options with { MqttPort = options.MqttPort ?? (options.Port == LocalCloudOptions.DefaultPort ? LocalCloudOptions.DefaultMqttPort : 0) }, errors);
    }

    private static int Port(string option, string text, List<string> errors)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
            return port;
        errors.Add($"{option} {text}: not a port. Give a number from 0 (any free one) to 65535.");
        return 0;
    }
}
