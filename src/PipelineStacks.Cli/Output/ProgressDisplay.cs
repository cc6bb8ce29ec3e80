using System.Globalization;
using Spectre.Console;

namespace PipelineStacks.Cli.Output;

/// <summary>Shows how far long work is: a bar on a terminal, a line now and then otherwise.</summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <param name="what">Such as <c>Sending</c>.</param>
    /// <param name="total">What is to be reached; null where nobody knows.</param>
    /// <param name="state">How much is done, and what there is to say of it.</param>
    public static async Task ShowAsync(this Terminal terminal, string what, long? total, Func<(long Done, string Note)> state, Func<Task> work, TimeProvider time)
    {
        if (terminal.IsInteractive && terminal.People.Profile.Capabilities.Interactive)
            await BarAsync(terminal, what, total, state, work, time);
        else
            await LinesAsync(terminal, what, total, state, work, time);
    }

    private static Task BarAsync(Terminal terminal, string what, long? total, Func<(long Done, string Note)> state, Func<Task> work, TimeProvider time) =>
        terminal.People.Progress().AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(what), maxValue: total ?? 1);
                bar.IsIndeterminate = total is null;
                var running = work();
                while (!running.IsCompleted)
                {
                    var (done, note) = state();
                    bar.Value = Math.Min(done, total ?? 0);
                    bar.Description = Markup.Escape($"{what}: {Of(done, total)}{(note.Length == 0 ? "" : ", " + note)}");
                    await Task.WhenAny(running, Task.Delay(Redraw, time));
                }

                await running;
            });

    private static async Task LinesAsync(Terminal terminal, string what, long? total, Func<(long Done, string Note)> state, Func<Task> work, TimeProvider time)
    {
        var running = work();
        while (await Task.WhenAny(running, Task.Delay(BetweenLines, time)) != running)
        {
            var (done, note) = state();
            terminal.Say($"  {what}: {Of(done, total)}{(note.Length == 0 ? "" : ", " + note)}");
        }

        await running;
    }

    private static string Of(long done, long? total) => string.Create(
        CultureInfo.InvariantCulture, $"{done:N0}{(total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0}") : "")}");
}
