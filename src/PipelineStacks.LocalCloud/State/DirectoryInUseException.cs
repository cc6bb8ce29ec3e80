namespace PipelineStacks.LocalCloud.State;

/// <summary>Another local cloud has the data directory open.</summary>
internal sealed class DirectoryInUseException(string directory)
    : IOException($"The data directory {directory} is in use by another local cloud. Stop that one, or choose another directory with --data.");
