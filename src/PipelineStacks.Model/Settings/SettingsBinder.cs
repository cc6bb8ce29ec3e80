using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace PipelineStacks.Model.Settings;

/// <summary>
/// Fills settings records from JSON and collects what is wrong. The records say everything: a property's name is the key, its initial value
/// the default, its attribute the limit. A new setting is one property.
/// </summary>
internal sealed class SettingsBinder
{
    private readonly List<SettingsError> _errors = [];

    public IReadOnlyList<SettingsError> Errors => _errors;

    public T Bind<T>(JsonElement json, string path) => (T)BindRecord(json, path, typeof(T));

    public void Add(SettingsError error) => _errors.Add(error);

    private object BindRecord(JsonElement json, string path, Type type)
    {
        var settings = Activator.CreateInstance(type)!;
        if (json.ValueKind != JsonValueKind.Object)
        {
            _errors.Add(new(path, Shown(json), "not an object", "Give an object { … }."));
            return settings;
        }

        var properties = SettingsOf(type).ToDictionary(Key);
        var before = _errors.Count;
        foreach (var member in json.EnumerateObject())
        {
            var memberPath = $"{path}.{member.Name}";
            if (!properties.TryGetValue(member.Name, out var property))
                _errors.Add(new(memberPath, Shown(member.Value), "unknown setting", Correction(member.Name, properties.Keys)));
            else if (BindValue(member.Value, memberPath, property) is var (value, bound) && bound)
                property.SetValue(settings, value);
        }

        // A rule between settings is judged only when each of them could be read: otherwise it would report what follows from another error.
        if (_errors.Count == before && settings is IChecked rules)
            _errors.AddRange(rules.Check(path));
        return settings;
    }

    private (object? Value, bool Bound) BindValue(JsonElement json, string path, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (IsRecord(type))
            return (BindRecord(json, path, type), true);
        if (json.ValueKind == JsonValueKind.Null && IsOptional(property))
            return (null, true);

        var limit = property.GetCustomAttribute<LimitAttribute>();
        if (Read(json, type) is not { } value)
        {
            _errors.Add(new(path, Shown(json), $"not {Kind(type)}", Advice(property)));
            return (null, false);
        }

        var before = _errors.Count;
        if (value is IReadOnlyList<string> items)
        {
            for (var i = 0; i < items.Count; i++)
                CheckLimit(limit, items[i], $"{path}[{i}]", json[i]);
        }
        else
        {
            CheckLimit(limit, value, path, json);
        }
        return (value, _errors.Count == before);
    }

    private void CheckLimit(LimitAttribute? limit, object value, string path, JsonElement json)
    {
        if (limit?.Problem(value) is { } problem)
            _errors.Add(new(path, Shown(json), problem, limit.Advice));
    }

    private static object? Read(JsonElement json, Type type) => json.ValueKind switch
    {
        JsonValueKind.Number when type == typeof(int) && json.TryGetInt32(out var number) => number,
        JsonValueKind.True or JsonValueKind.False when type == typeof(bool) => json.GetBoolean(),
        JsonValueKind.String when type == typeof(string) => json.GetString(),
        JsonValueKind.String when type == typeof(DateOnly) =>
            DateOnly.TryParseExact(json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
        JsonValueKind.String when type.IsEnum => Enum.GetValues(type).Cast<object>().FirstOrDefault(value => Word(value) == json.GetString()),
        JsonValueKind.Array when type == typeof(IReadOnlyList<string>) => ReadList(json),
        JsonValueKind.Object when type == typeof(IReadOnlyDictionary<string, string>) => ReadTexts(json),
        _ => null,
    };

    private static ImmutableArray<string>? ReadList(JsonElement json) =>
        json.EnumerateArray().All(IsString) ? json.EnumerateArray().Select(item => item.GetString()!).ToImmutableArray() : null;

    private static ImmutableSortedDictionary<string, string>? ReadTexts(JsonElement json) => json.EnumerateObject().All(member => IsString(member.Value))
        ? json.EnumerateObject().ToImmutableSortedDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal)
        : null;

    private static bool IsString(JsonElement json) => json.ValueKind == JsonValueKind.String;

    private static bool IsOptional(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static string Kind(Type type) => type switch
    {
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(DateOnly) => "a date",
        _ when type == typeof(IReadOnlyList<string>) => "a list of texts",
        _ when type == typeof(IReadOnlyDictionary<string, string>) => "an object of texts",
        _ when type.IsEnum => "one of the known words",
        _ => "a text",
    };

    private static string Example(Type type) => type switch
    {
        _ when type == typeof(bool) => "Give true or false, without quotes.",
        _ when type == typeof(DateOnly) => "Give a date such as \"2026-01-31\".",
        _ when type.IsEnum => $"Give {string.Join(" or ", Enum.GetValues(type).Cast<object>().Select(value => $"\"{Word(value)}\""))}.",
        _ => $"Give {Kind(type)}.",
    };

    private static string Correction(string name, IEnumerable<string> known) =>
        Spelling.Closest(name, known) is { } closest ? $"Did you mean '{closest}'?" : $"Remove it; known here are {string.Join(", ", known)}.";

    /// <summary>The properties that come from JSON.</summary>
    internal static IEnumerable<PropertyInfo> SettingsOf(Type type) =>
        type.GetProperties().Where(property => property.CanWrite && property.GetCustomAttribute<NotASettingAttribute>() is null);

    /// <summary>Whether a setting has settings of its own.</summary>
    internal static bool IsRecord(Type type) => type.Namespace == typeof(EnvironmentSettings).Namespace && type.IsClass;

    /// <summary>What a value of the setting must be, as a sentence.</summary>
    internal static string Advice(PropertyInfo property) =>
        property.GetCustomAttribute<LimitAttribute>()?.Advice ?? Example(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);

    internal static string Key(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    internal static string Word(object enumValue) => JsonNamingPolicy.KebabCaseLower.ConvertName(enumValue.ToString()!);

    internal static string Shown(JsonElement json)
    {
        var text = JsonSerializer.Serialize(json);
        return text.Length <= 60 ? text : $"{text[..57]}...";
    }
}
