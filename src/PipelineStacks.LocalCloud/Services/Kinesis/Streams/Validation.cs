using System.Globalization;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Kinesis.Streams;

/// <summary>Collects what is wrong with a request's members, to say all of it at once in the words of AWS's validation.</summary>
internal sealed partial class Validation
{
    // AWS tells no more of a request than this.
    private const int MaxErrors = 10;

    private readonly List<string> _errors = [];

    public Validation Fail(string member, object? value, string constraint)
    {
        var shown = value is null ? "null" : $"'{Convert.ToString(value, CultureInfo.InvariantCulture)}'";
        if (_errors.Count < MaxErrors)
            _errors.Add($"Value {shown} at '{member}' failed to satisfy constraint: {constraint}");
        return this;
    }

    public Validation Required(string member, object? value) => value is null ? Fail(member, null, "Member must not be null") : this;

    public Validation Range(string member, long? value, long min, long max)
    {
        if (value < min)
            Fail(member, value, $"Member must have value greater than or equal to {min}");
        if (value > max)
            Fail(member, value, $"Member must have value less than or equal to {max}");
        return this;
    }

    public Validation Length(string member, string? value, int min, int max)
    {
        if (value?.Length < min)
            Fail(member, value, $"Member must have length greater than or equal to {min}");
        if (value?.Length > max)
            Fail(member, value, $"Member must have length less than or equal to {max}");
        return this;
    }

    public Validation OneOf(string member, string? value, params ReadOnlySpan<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
            Fail(member, value, $"Member must satisfy enum value set: [{string.Join(", ", allowed)}]");
        return this;
    }

    public Validation Pattern(string member, string? value, Regex pattern)
    {
        // The pattern is AWS's, without anchors: the message shows it, and the whole value must match.
        if (value is not null && (value.Length == 0 || pattern.Match(value).Length != value.Length))
            Fail(member, value, $"Member must satisfy regular expression pattern: {pattern}");
        return this;
    }

    public Validation Tags(IReadOnlyDictionary<string, string>? tags)
    {
        var shown = tags is null ? "" : $"{{{string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}"))}}}";
        if (tags is { Count: 0 } or { Count: > 200 })
            Fail("tags", shown, $"Member must have length {(tags.Count == 0 ? "greater than or equal to 1" : "less than or equal to 200")}");
        if (tags?.Keys.Any(key => key.Length is < 1 or > 128) == true)
            Fail("tags", shown, "Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]");
        if (tags?.Values.Any(value => value.Length > 256) == true)
            Fail("tags", shown, "Map value must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 0]");
        return this;
    }

    public Validation TagKeys(IReadOnlyList<string>? keys)
    {
        var shown = $"[{string.Join(", ", keys ?? [])}]";
        if (keys is { Count: 0 } or { Count: > 50 })
            Fail("tagKeys", shown, $"Member must have length {(keys.Count == 0 ? "greater than or equal to 1" : "less than or equal to 50")}");
        if (keys?.Any(key => key.Length is < 1 or > 128) == true)
            Fail("tagKeys", shown, "Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]");
        return this;
    }

    /// <summary>A name of a stream or consumer.</summary>
    public Validation Name(string member, string? value) => Pattern(member, value, NamePattern()).Length(member, value, 1, 128);

    public void Throw()
    {
        if (_errors.Count == 0)
            return;
        throw new ServiceException("ValidationException",
            $"{_errors.Count} validation error{(_errors.Count == 1 ? "" : "s")} detected: {string.Join("; ", _errors)}");
    }

    [GeneratedRegex("[a-zA-Z0-9_.-]+")]
    private static partial Regex NamePattern();
}
