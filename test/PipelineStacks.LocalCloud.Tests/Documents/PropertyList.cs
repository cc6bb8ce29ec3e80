using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using PipelineStacks.LocalCloud.CloudFormation;

namespace PipelineStacks.LocalCloud.Tests.Documents;

/// <summary>The properties that templates may set, read from a provisioner's record and the records within it.</summary>
internal sealed record PropertyList(IReadOnlyList<string> Supported, IReadOnlyList<string> Replacing, IReadOnlyList<(string Path, string Why)> WithoutEffect)
{
    public static PropertyList Of(Type type)
    {
        var list = new PropertyList(new List<string>(), new List<string>(), new List<(string, string)>());
        list.Add(type, "", []);
        return list;
    }

    private void Add(Type type, string prefix, IReadOnlyList<Type> above)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var path = prefix + (property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name);
            if (property.IsDefined(typeof(CreateOnlyAttribute)))
                ((List<string>)Replacing).Add(path);
            if (property.GetCustomAttribute<NoLocalEffectAttribute>() is { } without)
            {
                ((List<(string, string)>)WithoutEffect).Add((path, without.Why));
                continue;
            }

            var (inner, suffix) = Inside(property.PropertyType);
            // A record that holds itself, or that reads its JSON itself, is named and not followed.
            if (IsRecord(inner) && !above.Contains(inner) && !property.IsDefined(typeof(JsonConverterAttribute)))
                Add(inner, $"{path}{suffix}.", [.. above, type]);
            else
                ((List<string>)Supported).Add(path + suffix);
        }
    }

    private static (Type Type, string Suffix) Inside(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(byte[]) || !type.IsAssignableTo(typeof(IEnumerable)))
            return (type, "");
        if (type.IsArray)
            return Nested(type.GetElementType()!, "[]");
        return type.IsGenericType ? Nested(type.GetGenericArguments()[^1], type.GetGenericArguments().Length == 2 ? ".*" : "[]") : (type, "");

        static (Type, string) Nested(Type item, string suffix) => Inside(item) is var (inner, more) ? (inner, suffix + more) : default;
    }

    private static bool IsRecord(Type type) =>
        type is { IsClass: true, Namespace: not null } && type.Namespace.StartsWith("PipelineStacks", StringComparison.Ordinal)
        && !type.IsDefined(typeof(JsonConverterAttribute), inherit: false)
        && !type.GetProperties().Any(property => property.IsDefined(typeof(JsonExtensionDataAttribute)));
}
