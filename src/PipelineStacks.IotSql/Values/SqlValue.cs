namespace PipelineStacks.IotSql.Values;

/// <summary>
/// A value of AWS IoT SQL: JSON's, and Undefined, which is no value at all and is left out of whatever is written.
/// </summary>
public abstract class SqlValue
{
    private protected SqlValue()
    {
    }

    /// <summary>The absence of a value: a missing field, or what a function makes of arguments that it can't use.</summary>
    public static SqlValue Undefined { get; } = new UndefinedValue();

    /// <summary>JSON's null.</summary>
    public static SqlValue Null { get; } = new NullValue();

    internal static SqlValue True { get; } = new BooleanValue(true);

    internal static SqlValue False { get; } = new BooleanValue(false);

    /// <summary>Whether this is <see cref="Undefined"/>.</summary>
    public bool IsUndefined => ReferenceEquals(this, Undefined);

    /// <summary>The value as JSON text; an empty string for Undefined, as AWS writes it when it stands alone.</summary>
    public override string ToString() => Json.Text(this);

    internal static SqlValue Of(bool value) => value ? True : False;

    internal static SqlValue Of(string? value) => value is null ? Undefined : new StringValue(value);

    private sealed class UndefinedValue : SqlValue;

    private sealed class NullValue : SqlValue;
}

/// <summary>True or false.</summary>
public sealed class BooleanValue : SqlValue
{
    internal BooleanValue(bool value) => Value = value;

    /// <summary>The truth.</summary>
    public bool Value { get; }
}

/// <summary>A string.</summary>
public sealed class StringValue(string value) : SqlValue
{
    /// <summary>The text.</summary>
    public string Value { get; } = value;
}

/// <summary>A sequence of values of any types.</summary>
public sealed class ArrayValue(IReadOnlyList<SqlValue> items) : SqlValue
{
    /// <summary>The items in order.</summary>
    public IReadOnlyList<SqlValue> Items { get; } = items;
}

/// <summary>A JSON object; its members keep their order.</summary>
public sealed class ObjectValue : SqlValue
{
    private readonly OrderedDictionary<string, SqlValue> _members;

    internal ObjectValue(OrderedDictionary<string, SqlValue> members) => _members = members;

    /// <summary>The members in order; none is Undefined.</summary>
    public IReadOnlyDictionary<string, SqlValue> Members => _members;

    /// <summary>The member's value, Undefined if there is none.</summary>
    public SqlValue this[string name] => _members.TryGetValue(name, out var value) ? value : Undefined;
}

/// <summary>A payload that isn't JSON, taken whole.</summary>
public sealed class BytesValue(ReadOnlyMemory<byte> bytes) : SqlValue
{
    /// <summary>The bytes as they were published.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;
}
