namespace PipelineStacks.LocalCloud.Services.Glue;

/// <summary>Pages as Glue cuts them.</summary>
internal static class GluePages
{
    public static Page<T> Of<T>(IEnumerable<T> all, string? token, int? max, int limit) =>
        Page<T>.Of(all, token, Math.Clamp(max ?? limit, 1, limit), "InvalidInputException");
}
