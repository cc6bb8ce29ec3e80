namespace PipelineStacks.LocalCloud.Services;

/// <summary>A tag, as most services and all templates write it.</summary>
internal sealed record Tag(string Key, string Value);
