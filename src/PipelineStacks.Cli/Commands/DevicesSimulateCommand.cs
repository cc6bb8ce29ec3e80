using System.CommandLine;
using System.Globalization;
using PipelineStacks.Cli.Devices;
using PipelineStacks.Cli.Output;
using PipelineStacks.Model.Datasets;

namespace PipelineStacks.Cli.Commands;

/// <summary><c>pipelines devices simulate</c></summary>
internal sealed class DevicesSimulateCommand : CliCommand
{
    private static readonly DeviceHabits Habits = new();

    private readonly Argument<string?> _dataset = new("dataset") { Description = "The dataset that the devices feed; without it, the first one that devices publish", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<int> _devices = new Option<int>("--devices") { Description = "How many devices", HelpName = "n", DefaultValueFactory = _ => FleetOptions.DefaultDevices }.Between(1, 10_000);
    private readonly Option<int> _messages = new Option<int>("--messages") { Description = "How many messages each one publishes", HelpName = "n", DefaultValueFactory = _ => FleetOptions.DefaultMessages }.Between(1, 1_000_000);
    private readonly Option<double> _interval = new Option<double>("--interval") { Description = "Seconds between a device's messages; 0 for as fast as the broker takes them", HelpName = "s" }.Between(0, 86_400);
    private readonly Option<double> _dropOuts = Share("--drop-outs", "The share of messages before which the network goes away", Habits.DropOut);
    private readonly Option<double> _duplicates = Share("--duplicates", "The share of messages that are published twice", Habits.Duplicate);
    private readonly Option<double> _late = Share("--late", "The share of readings that come up to 30 hours late, and after newer ones", Habits.Late);
    private readonly Option<double> _malformed = Share("--malformed", "The share of messages whose end is missing", Habits.Malformed);
    private readonly Option<string> _prefix = new("--prefix") { Description = "What the devices' names begin with", HelpName = "text", DefaultValueFactory = _ => "device" };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The same seed gives the same messages, but for the times", HelpName = "s" };
    private readonly BrokerOptions _broker;
    private readonly Option<OutputFormat> _format = CommonOptions.Format(OutputFormat.Table, OutputFormat.Json);

    public DevicesSimulateCommand(CliContext context)
        : base(context, "simulate", "Publishes readings over MQTT as devices do: with drop-outs, repetitions, late and malformed messages")
    {
        _broker = new BrokerOptions(context);
        Add(_dataset);
        foreach (var option in (Option[])[_devices, _messages, _interval, _dropOuts, _duplicates, _late, _malformed, _prefix, _seed, .. _broker.All, _format])
            Add(option);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "pipelines devices simulate",
        "pipelines devices simulate device_readings --devices 20 --messages 100 --interval 1 --seed 42",
        "pipelines devices simulate --devices 5 --late 0.5 --malformed 0.1 --format json",
        "pipelines devices simulate --devices 1 --certificate certs/{device}.pem --key certs/{device}.key",
    ];

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var dataset = Topics.Find(arguments.GetValue(_dataset));
        var options = new FleetOptions
        {
            Devices = arguments.GetValue(_devices),
            Messages = arguments.GetValue(_messages),
            Interval = TimeSpan.FromSeconds(arguments.GetValue(_interval)),
            Habits = new(arguments.GetValue(_dropOuts), arguments.GetValue(_duplicates), arguments.GetValue(_late), arguments.GetValue(_malformed)),
            Prefix = arguments.GetRequiredValue(_prefix),
            Seed = arguments.GetValue(_seed) ?? (ulong)Random.Shared.NextInt64(),
        };
        using var aws = Context.Aws();
        var fleet = new Fleet(Context, (TopicSource)dataset.Source, options, await _broker.FindAsync(arguments, aws, cancel));
        Context.Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{options.Devices:N0} devices publish {options.Messages:N0} messages each, seed {options.Seed} ..."));
        (await FleetRun.RunAsync(Context, fleet, options, cancel)).Write(Context.Terminal, arguments.GetValue(_format));
        return ExitCode.Done;
    }

    private static Option<double> Share(string name, string description, double standard) =>
        new Option<double>(name) { Description = $"{description}, from 0 to 1", HelpName = "p", DefaultValueFactory = _ => standard }.Between(0, 1);
}
