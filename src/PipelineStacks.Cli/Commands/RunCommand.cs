using System.CommandLine;
using PipelineStacks.Cli.Run;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines run</c>, which scripts/run calls.</summary>
internal sealed class RunCommand : CliCommand
{
    private const string DefaultData = ".local-cloud";
    private const string DefaultOutput = "artifacts/run";

    private readonly Option<long> _events = new Option<long>("--events") { Description = "How many events are sent", HelpName = "n", DefaultValueFactory = _ => RunOptions.DefaultEvents }.Between(1, 1_000_000_000);
    private readonly Option<double> _broken = new Option<double>("--broken") { Description = "The share of events and of devices' messages to break on purpose, from 0 to 1; alarms tell of them", HelpName = "p" }.Between(0, 1);
    private readonly Option<bool> _keep = new("--keep") { Description = "Leave the local cloud running, and say how to explore it" };
    private readonly Option<int> _port = new Option<int>("--port") { Description = "The local cloud's port", HelpName = "n", DefaultValueFactory = _ => RunOptions.DefaultPort }.Between(1, 65535);
    private readonly Option<int?> _mqttPort = new Option<int?>("--mqtt-port") { Description = "The port of its MQTT broker: 1883, and with another --port any free one, unless given", HelpName = "n" }.Between(0, 65535);
    private readonly Option<int> _devices = new Option<int>("--devices") { Description = "How many devices publish", HelpName = "n", DefaultValueFactory = _ => Devices.FleetOptions.DefaultDevices }.Between(1, 10_000);
    private readonly Option<string> _data = new("--data") { Description = "Where the local cloud keeps its state", HelpName = "dir", DefaultValueFactory = _ => DefaultData };
    private readonly Option<string> _output = new("--output") { Description = "Where the summary and the logs are written", HelpName = "dir", DefaultValueFactory = _ => DefaultOutput };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The same seed gives the same events and changes", HelpName = "s" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Show all that the CDK CLI prints" };
    private readonly Option<bool> _skipVerify = new("--skip-verify") { Description = "End without pipelines verify" };
    private readonly Option<string> _environment = CommonOptions.Environment();

    public RunCommand(CliContext context)
        : base(context, "run", "Deploys an environment to the local cloud with the CDK CLI, sends events through it, lets devices publish and replicates its database, and counts all of it at every step")
    {
        foreach (var option in new Option[] { _events, _broken, _devices, _keep, _port, _mqttPort, _data, _output, _seed, _verbose, _skipVerify, _environment })
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "scripts/run",
        "scripts/run --events 10000 --broken 0.001",
        "scripts/run --keep --port 4570 --data /tmp/cloud",
    ];

    protected override Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var root = Project.FindRoot(Context.Folder) ?? Context.Folder;
        // The standard places are the checkout's, wherever the command is called from; a given one is the caller's.
        string Place(Option<string> option, string standard) =>
            arguments.GetRequiredValue(option) is var place && place == standard ? Path.Combine(root, place) : Context.PathOf(place);
        var options = new RunOptions
        {
            Environment = arguments.GetRequiredValue(_environment),
            Events = arguments.GetValue(_events),
            Broken = arguments.GetValue(_broken),
            Keep = arguments.GetValue(_keep),
            Devices = arguments.GetValue(_devices),
            Port = arguments.GetValue(_port),
            MqttPort = arguments.GetValue(_mqttPort),
            DataDirectory = Place(_data, DefaultData),
            OutputDirectory = Place(_output, DefaultOutput),
            Seed = arguments.GetValue(_seed),
            Verbose = arguments.GetValue(_verbose),
            SkipVerify = arguments.GetValue(_skipVerify),
        };
        return new EndToEndRun(Context, options).RunAsync(cancel);
    }
}
