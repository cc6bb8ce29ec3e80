namespace PipelineStacks.LocalCloud.State;

/// <summary>A file of the state can't be read. The cloud does not start, since what it would forget can't be told.</summary>
internal sealed class CorruptStateException(string file, string why)
    : IOException($"The state file {file} can't be read: {why} Delete it to lose that resource alone, or its data directory to start anew.");
