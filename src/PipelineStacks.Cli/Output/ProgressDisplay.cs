using System.Globalization;
using Spectre.Console;

namespace PipelineStacks.Cli.Output;

/// <summary>How far long work is.</summary>
/// <param name="Done">Of the total, where there is one.</param>
/// <param name="Text">What there is to say of it.</param>
internal readonly record struct ProgressState(long Done, string Text)
{
    /// <summary><c>1,200 of 100,000</c></summary>
    public static string Of(long done, long? total) => total is { } all
        ? string.Create(CultureInfo.InvariantCulture, $"{done:N0} of {all:N0}")
        : done.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Shows how far long work is: a bar on a terminal, a line now and then otherwise.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <param name="what">Such as <c>Sending</c>.</param>
    /// <param name="total">What is to be reached; null where nobody knows.</param>
    public static async Task ShowAsync(this Terminal terminal, string what, long? total, Func<ProgressState> state, Func<Task> work, TimeProvider time)
    {
        if (terminal.IsInteractive && terminal.People.Profile.Capabilities.Interactive)
            await BarAsync(terminal, what, total, state, work, time);
        else
            await LinesAsync(terminal, what, state, work, time);
    }

    private static Task BarAsync(Terminal terminal, string what, long? total, Func<ProgressState> state, Func<Task> work, TimeProvider time)
    {
        var columns = total is null
            ? new ProgressColumn[] { new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn() }
            : [new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn()];
        return terminal.People.Progress().AutoClear(true).Columns(columns).StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(what), maxValue: total ?? 1);
            bar.IsIndeterminate = total is null;
            var running = work();
            while (!running.IsCompleted)
            {
                var (done, text) = state();
                bar.Value = total is null ? 0 : done;
                bar.Description = Markup.Escape($"{what}: {text}");
                await Task.WhenAny(running, Task.Delay(Redraw, time));
            }

            await running;
        });
    }

    private static async Task LinesAsync(Terminal terminal, string what, Func<ProgressState> state, Func<Task> work, TimeProvider time)
    {
        var running = work();
        var last = "";
        while (await Task.WhenAny(running, Task.Delay(BetweenLines, time)) != running)
        {
            var text = state().Text;
            if (text != last)
                terminal.Say($"  {what}: {text}");
            last = text;
        }

        await running;
    }
}
