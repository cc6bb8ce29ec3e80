using System.Text;

namespace PipelineStacks.IotSql.Syntax;

/// <summary>A topic or a filter with the wildcards <c>+</c> (one level) and <c>#</c> (the level before it and all below).</summary>
public sealed record TopicFilter
{
    /// <summary>IoT Core's limit of a topic's length in bytes of UTF-8.</summary>
    public const int MaxBytes = 256;

    /// <summary>IoT Core's limit of the slashes in a topic; <c>$aws/rules/name/</c> doesn't count.</summary>
    public const int MaxSlashes = 7;

    private readonly string[] _levels;

    /// <summary>Takes the filter apart; whether it is valid is <see cref="Problem"/>'s to say.</summary>
    public TopicFilter(string text) => (Text, _levels) = (text, text.Split('/'));

    /// <summary>The filter as it is written.</summary>
    public string Text { get; }

    /// <summary>What is wrong with a filter, null if nothing is.</summary>
    public static string? Problem(string filter)
    {
        if (filter.Length == 0)
            return "a topic filter can't be empty";
        if (Encoding.UTF8.GetByteCount(filter) > MaxBytes)
            return $"the topic filter is longer than {MaxBytes} bytes";
        if (filter.Count(character => character == '/') - IngestSlashes(filter) > MaxSlashes)
            return $"the topic filter '{filter}' has more than {MaxSlashes} slashes";
        var levels = filter.Split('/');
        for (var i = 0; i < levels.Length; i++)
        {
            if (levels[i].Contains('#', StringComparison.Ordinal) && (levels[i].Length > 1 || i < levels.Length - 1))
                return $"'#' must be the last level of the topic filter '{filter}', alone";
            if (levels[i].Contains('+', StringComparison.Ordinal) && levels[i].Length > 1)
                return $"'+' must be alone in its level of the topic filter '{filter}'";
        }
        return null;
    }

    /// <summary>Whether a message on that topic passes. A wildcard at the beginning doesn't reach the reserved topics; and unlike MQTT's own rule, <c>a/#</c>
    /// doesn't reach <c>a</c> itself in IoT Core.</summary>
    public bool Matches(string topic)
    {
        if (topic.StartsWith('$') && _levels[0] is "#" or "+")
            return false;
        var rest = topic.AsSpan();
        for (var i = 0; i < _levels.Length; i++)
        {
            if (_levels[i] == "#")
                return true;
            var slash = rest.IndexOf('/');
            var level = slash < 0 ? rest : rest[..slash];
            if (_levels[i] != "+" && !level.SequenceEqual(_levels[i]))
                return false;
            if (slash < 0)
                return i == _levels.Length - 1;
            rest = rest[(slash + 1)..];
        }
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(TopicFilter? other) => other?.Text == Text;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static int IngestSlashes(string topic) =>
        topic.StartsWith("$aws/rules/", StringComparison.Ordinal) ? Math.Min(3, topic.Count(character => character == '/')) : 0;
}
