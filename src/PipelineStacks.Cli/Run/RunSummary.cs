using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineStacks.Cli.Generation;
using PipelineStacks.Cli.Verify;

namespace PipelineStacks.Cli.Run;

/// <summary>What a run did, for people and for <c>summary.json</c>.</summary>
internal sealed record RunSummary
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required string Environment { get; init; }

    public required string Endpoint { get; init; }

    public required string Region { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double Seconds { get; init; }

    public required double DeploySeconds { get; init; }

    /// <summary>True if nothing was lost, doubled or misplaced, neither on the way into the lake nor in it.</summary>
    public required bool Reconciled { get; init; }

    public required IReadOnlyDictionary<string, PipelineSummary> Pipelines { get; init; }

    /// <summary>What became of it behind the landing zone; null where the environment has no such workflow.</summary>
    public required LakeSummary? Lake { get; init; }

    /// <summary>What <c>verify</c> found in the end; null where that was skipped.</summary>
    public required VerifyReport? Verification { get; init; }

    /// <summary>The state of each alarm at the end, by its name; null where the environment has none.</summary>
    public required IReadOnlyDictionary<string, string>? Alarms { get; init; }

    public void Write(string file)
    {
        // A reader never finds half a summary.
        var next = file + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(this, Json) + "\n");
        File.Move(next, file, overwrite: true);
    }
}

/// <summary>What a run did to one pipeline.</summary>
[JsonDerivedType(typeof(StreamSummary))]
[JsonDerivedType(typeof(ReplicationSummary))]
[JsonDerivedType(typeof(TelemetrySummary))]
internal abstract record PipelineSummary
{
    /// <summary>Where the counts differ, if they do.</summary>
    public required string? Difference { get; init; }

    /// <summary>The same gives the same records, or changes.</summary>
    public required ulong Seed { get; init; }

    /// <summary>From the first that was done to the last that was counted.</summary>
    public required double EndToEndSeconds { get; init; }
}

/// <summary>What a run sent through a stream.</summary>
internal sealed record StreamSummary : PipelineSummary
{
    public required long Sent { get; init; }

    public required long Accepted { get; init; }

    public required long Delivered { get; init; }

    public required long Quarantined { get; init; }

    public required long Retried { get; init; }

    /// <summary>How many were broken on purpose, by kind.</summary>
    public required IReadOnlyDictionary<string, long> Broken { get; init; }

    /// <summary>Why records are in quarantine.</summary>
    public required IReadOnlyDictionary<string, long> QuarantineReasons { get; init; }

    /// <summary>Rows in the landing zone after the run, earlier runs' included.</summary>
    public required long RowsInLanding { get; init; }

    public required double SendSeconds { get; init; }

    public required double SentPerSecond { get; init; }

    public static IReadOnlyDictionary<string, long> Name(IReadOnlyDictionary<Breakage, long> broken) =>
        broken.ToDictionary(pair => JsonNamingPolicy.CamelCase.ConvertName(pair.Key.ToString()), pair => pair.Value, StringComparer.Ordinal);
}

/// <summary>What a run replicated from a database.</summary>
internal sealed record ReplicationSummary : PipelineSummary
{
    public required int Tables { get; init; }

    /// <summary>Rows in the database in the end.</summary>
    public required long SourceRows { get; init; }

    /// <summary>Rows that the landing zone's files add up to.</summary>
    public required long LandedRows { get; init; }

    /// <summary>By table, the sum of its rows' hashes where source and landing zone agree on it; null where they don't.</summary>
    public required IReadOnlyDictionary<string, string?> Checksums { get; init; }

    /// <summary>Of the changes that this run made, as DMS counted them.</summary>
    public required long Inserts { get; init; }

    public required long Updates { get; init; }

    public required long Deletes { get; init; }

    /// <summary>From the start to the last table loaded; next to nothing where an earlier run has loaded them.</summary>
    public required double LoadSeconds { get; init; }
}

/// <summary>What devices published in a run.</summary>
internal sealed record TelemetrySummary : PipelineSummary
{
    public required int Devices { get; init; }

    /// <summary>Messages that the broker acknowledged, each as often as it was published.</summary>
    public required long Published { get; init; }

    /// <summary>Messages that the rule's action took.</summary>
    public required long Accepted { get; init; }

    /// <summary>Messages that WHERE passed over.</summary>
    public required long Filtered { get; init; }

    /// <summary>Messages that went to the error action.</summary>
    public required long Errors { get; init; }

    /// <summary>Rows in the landing zone.</summary>
    public required long Delivered { get; init; }

    /// <summary>Different readings among them.</summary>
    public required long Readings { get; init; }

    public required long Repeated { get; init; }

    public required long Late { get; init; }

    public required long DropOuts { get; init; }

    public required double PublishSeconds { get; init; }

    public required double PublishedPerSecond { get; init; }
}
