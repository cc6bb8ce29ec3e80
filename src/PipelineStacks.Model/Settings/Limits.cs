using System.Globalization;
using System.Text.RegularExpressions;

namespace PipelineStacks.Model.Settings;

/// <summary>
/// A limit of a setting. It stands on the property, between its documentation and its default, so that the three can't drift apart.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class LimitAttribute : Attribute
{
    /// <summary>What a value must be, as a sentence: it is also the advice that an error gives.</summary>
    public abstract string Advice { get; }

    internal abstract string? Problem(object value);

    private protected static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}

/// <summary>A whole number within bounds that both count.</summary>
public sealed class BetweenAttribute(long minimum, long maximum, string unit) : LimitAttribute
{
    /// <summary>The smallest value.</summary>
    public long Minimum { get; } = minimum;

    /// <summary>The largest value.</summary>
    public long Maximum { get; } = maximum;

    /// <summary>What is counted: hours, days, shards.</summary>
    public string Unit { get; } = unit;

    /// <summary>Zero as well, although it lies outside of the bounds.</summary>
    public bool OrZero { get; init; }

    /// <inheritdoc/>
    public override string Advice =>
        string.Create(CultureInfo.InvariantCulture, $"Give {(OrZero ? "0, or " : "")}a whole number of {Unit} from {Minimum} to {Maximum}.");

    internal override string? Problem(object value) =>
        (OrZero && Number(value) == 0) || (Number(value) >= Minimum && Number(value) <= Maximum) ? null : "out of range";
}

/// <summary>One of a few numbers.</summary>
public sealed class OneOfAttribute(params int[] values) : LimitAttribute
{
    /// <summary>What is allowed.</summary>
    public IReadOnlyList<int> Values { get; } = values;

    /// <inheritdoc/>
    public override string Advice => $"Give one of {string.Join(", ", Values)}.";

    internal override string? Problem(object value) => Values.Contains((int)Number(value)) ? null : "not allowed";
}

/// <summary>Text of a certain shape.</summary>
/// <param name="pattern">A regular expression for the whole text.</param>
/// <param name="shape">The shape in words, after "Give".</param>
public sealed class ShapedAttribute(string pattern, string shape) : LimitAttribute
{
    /// <summary>A regular expression for the whole text.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>The shape in words.</summary>
    public string Shape { get; } = shape;

    /// <inheritdoc/>
    public override string Advice => $"Give {Shape}.";

    internal override string? Problem(object value) =>
        Regex.IsMatch((string)value, $"^(?:{Pattern})\\z", RegexOptions.CultureInvariant) ? null : "not of the expected shape";
}
