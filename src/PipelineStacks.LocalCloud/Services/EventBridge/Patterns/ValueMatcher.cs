using System.Net;
using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.EventBridge.Patterns;

/// <summary>One of the values or comparisons in a pattern's list.</summary>
internal abstract record ValueMatcher
{
    /// <summary>Matches where the field is not there; no value is asked for then.</summary>
    public virtual bool WantsAbsence => false;

    public abstract bool Matches(JsonElement value);
}

/// <summary>A value as it stands: numbers by their text, so that 300 and 300.0 differ, as the documentation has it.</summary>
internal sealed record ExactMatcher(JsonValueKind Kind, string Text) : ValueMatcher
{
    public override bool Matches(JsonElement value) =>
        value.ValueKind == Kind && (Kind == JsonValueKind.String ? value.GetString() : value.GetRawText()) == Text;
}

/// <summary>A comparison of texts: prefix, suffix, equals-ignore-case.</summary>
internal sealed record TextMatcher(string Text, Func<string, string, bool> Compare) : ValueMatcher
{
    public override bool Matches(JsonElement value) => value.ValueKind == JsonValueKind.String && Compare(value.GetString()!, Text);
}

internal sealed record NumericMatcher(IReadOnlyList<(string Operator, double Value)> Bounds) : ValueMatcher
{
    public override bool Matches(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Bounds.All(bound => bound.Operator switch
        {
            "=" => number == bound.Value,
            ">" => number > bound.Value,
            ">=" => number >= bound.Value,
            "<" => number < bound.Value,
            _ => number <= bound.Value,
        });
}

internal sealed record CidrMatcher(IPNetwork Network) : ValueMatcher
{
    public override bool Matches(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && IPAddress.TryParse(value.GetString(), out var address)
        && address.AddressFamily == Network.BaseAddress.AddressFamily && Network.Contains(address);
}

internal sealed record ExistsMatcher(bool Exists) : ValueMatcher
{
    public override bool WantsAbsence => !Exists;

    public override bool Matches(JsonElement value) => Exists;
}

/// <summary><c>*</c> stands for any characters; <c>\*</c> for itself.</summary>
internal sealed record WildcardMatcher(IReadOnlyList<string> Literals) : ValueMatcher
{
    public override bool Matches(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return false;
        var text = value.GetString()!;
        if (Literals.Count == 1)
            return text == Literals[0];
        if (!text.StartsWith(Literals[0], StringComparison.Ordinal))
            return false;
        var at = Literals[0].Length;
        foreach (var literal in Literals.Skip(1).SkipLast(1))
        {
            at = text.IndexOf(literal, at, StringComparison.Ordinal);
            if (at < 0)
                return false;
            at += literal.Length;
        }

        return text.Length - at >= Literals[^1].Length && text.EndsWith(Literals[^1], StringComparison.Ordinal);
    }
}

/// <summary>Any value that none of these matches.</summary>
internal sealed record AnythingButMatcher(IReadOnlyList<ValueMatcher> Excluded) : ValueMatcher
{
    public override bool Matches(JsonElement value) => !Excluded.Any(one => one.Matches(value));
}
