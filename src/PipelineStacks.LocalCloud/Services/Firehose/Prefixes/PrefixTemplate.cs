using System.Security.Cryptography;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.Firehose.Prefixes;

/// <summary>
/// A prefix with its expressions, <c>!{timestamp:yyyy/MM/dd}</c> and <c>!{firehose:random-string}</c>:
/// <see href="https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html"/>.
/// </summary>
internal sealed class PrefixTemplate
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string DefaultTime = "yyyy/MM/dd/HH/";

    private readonly List<Part> _parts = [];

    private PrefixTemplate(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var start = text.IndexOf("!{", at, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf('}', start);
            if (end < 0)
            {
                _parts.Add(start < 0 ? new(null, text[at..]) : throw new FormatException($"The expression {text[start..]} has no end."));
                break;
            }

            if (start > at)
                _parts.Add(new(null, text[at..start]));
            _parts.Add(Expression(text[(start + 2)..end]));
            at = end + 1;
        }
    }

    public bool HasExpressions => _parts.Any(part => part.Namespace is not null);

    public bool HasErrorType => _parts.Any(part => part is { Namespace: "firehose", Value: "error-output-type" });

    private bool HasTime => _parts.Any(part => part.Namespace == "timestamp");

    /// <summary>Reads a prefix; null and empty are the same.</summary>
    /// <exception cref="FormatException">An expression is malformed or not supported.</exception>
    public static PrefixTemplate Parse(string? prefix) => new(prefix ?? "");

    /// <summary>The prefix of an object, from the arrival of its oldest record in the stream's time zone.</summary>
    public string Evaluate(DateTimeOffset oldest)
    {
        var text = Expand(oldest, errorType: "");
        return HasTime ? text : text + JavaTimePattern.Format(DefaultTime, oldest);
    }

    /// <summary>The prefix of an object of errors; without expressions the type and the time are added.</summary>
    /// <param name="errorType">Such as <c>format-conversion-failed</c>.</param>
    public string EvaluateForErrors(DateTimeOffset oldest, string errorType)
    {
        var text = Expand(oldest, errorType);
        if (!HasErrorType)
            text += errorType + "/";
        return HasTime ? text : text + JavaTimePattern.Format(DefaultTime, oldest);
    }

    private static Part Expression(string expression)
    {
        var colon = expression.IndexOf(':', StringComparison.Ordinal);
        var part = colon < 0
            ? throw new FormatException($"The expression !{{{expression}}} has no namespace; write !{{timestamp:…}} or !{{firehose:…}}.")
            : new Part(expression[..colon], expression[(colon + 1)..]);
        switch (part)
        {
            case { Namespace: "timestamp" }:
                JavaTimePattern.Format(part.Value, DateTimeOffset.UnixEpoch);
                return part;
            case { Namespace: "firehose", Value: "random-string" or "error-output-type" }:
                return part;
            default:
                throw new FormatException($"The expression !{{{expression}}} is not supported by the local cloud.");
        }
    }

    private string Expand(DateTimeOffset oldest, string errorType)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part switch
            {
                { Namespace: null } => part.Value,
                { Namespace: "timestamp" } => JavaTimePattern.Format(part.Value, oldest),
                { Value: "random-string" } => RandomNumberGenerator.GetString(Alphabet, 11),
                _ => errorType,
            });
        }

        return text.ToString();
    }

    private sealed record Part(string? Namespace, string Value);
}
