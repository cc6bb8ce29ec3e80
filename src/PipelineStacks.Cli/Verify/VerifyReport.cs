using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Verify;

/// <summary>How a run ended.</summary>
/// <param name="Stays">What is still there of the run's records, and until when.</param>
internal sealed record VerifyReport(string Environment, string Run, DateTimeOffset StartedAt, double Seconds, IReadOnlyList<VerifyStep> Steps, IReadOnlyList<string> Stays)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public bool Passed => Steps.All(step => step.Status != StepStatus.Failed);

    public IEnumerable<VerifyStep> Failures => Steps.Where(step => step.Status == StepStatus.Failed);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>For people: a table, then where the data stopped.</summary>
    public void Write(Terminal terminal)
    {
        new Rows(
            [new("pipeline", "varchar"), new("step", "varchar"), new("expected", "varchar"), new("found", "varchar"), new("seconds", "varchar"), new("result", "varchar")],
            [.. Steps.Select(IReadOnlyList<string?> (step) =>
                [step.Pipeline, step.Name, step.Expected, step.Found, step.Seconds.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture), step.Status.ToString().ToLowerInvariant()])])
            .Write(terminal, OutputFormat.Table);
        foreach (var step in Failures)
            terminal.Out.WriteLine($"{step.Pipeline}, {step.Name}: {step.Message}");
        foreach (var stays in Stays)
            terminal.Say($"Stays: {stays}.");
        terminal.Say(Passed
            ? $"{Environment} passes: {Count(StepStatus.Passed)} steps passed, {Count(StepStatus.Skipped)} skipped, run {Run}."
            : $"{Environment} does NOT pass: {Count(StepStatus.Failed)} of {Steps.Count} steps failed, run {Run}.");
    }

    private int Count(StepStatus status) => Steps.Count(step => step.Status == status);
}
