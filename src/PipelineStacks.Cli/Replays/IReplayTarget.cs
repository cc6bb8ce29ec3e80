using System.Text.Json.Nodes;
using PipelineStacks.Cli.Quarantines;

namespace PipelineStacks.Cli.Replays;

/// <summary>A record that passed the check.</summary>
/// <param name="Record">As it is tried again, with members that no column reads.</param>
/// <param name="Values">The columns' values.</param>
internal sealed record ReplayRecord(RejectedRecord Rejected, JsonObject Record, IReadOnlyDictionary<string, JsonNode?> Values);

/// <summary>The way back into the pipeline for the records of a dataset.</summary>
internal interface IReplayTarget
{
    /// <summary>How many records are submitted, and then noted, at a time.</summary>
    int Chunk { get; }

    /// <summary>For people: <c>the stream …</c></summary>
    string Where { get; }

    /// <summary>Why records may not go back although they are valid, by their ids.</summary>
    Task<IReadOnlyDictionary<string, string>> RefuseAsync(IReadOnlyList<ReplayRecord> records, CancellationToken cancel);

    /// <summary>Submits records. Doing so again changes nothing in the clean zone.</summary>
    /// <returns>Where they went.</returns>
    Task<string> SubmitAsync(IReadOnlyList<ReplayRecord> records, CancellationToken cancel);
}
