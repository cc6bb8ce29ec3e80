namespace PipelineStacks.LocalCloud.Services.Firehose.Conversion;

/// <summary>A record is JSON, but a value doesn't fit its column.</summary>
internal sealed class MalformedDataException(string message) : Exception(message);
