using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Model.Tests.Settings;

/// <summary>The settings as a page for people, made of the records themselves: their keys, limits and documentation.</summary>
internal static partial class SettingsDocument
{
    private static readonly Dictionary<string, XElement> Comments =
        XDocument.Load(Path.ChangeExtension(typeof(EnvironmentSettings).Assembly.Location, ".xml"))
            .Descendants("member")
            .ToDictionary(member => (string)member.Attribute("name")!);

    public static IEnumerable<Setting> All => [.. OfEnvironment, .. OfDelivery];

    private static IEnumerable<Setting> OfEnvironment { get; } = [.. Of(typeof(EnvironmentSettings), "")];

    private static IEnumerable<Setting> OfDelivery { get; } = [.. Of(typeof(PromotionSettings), "")];

    public static string Page()
    {
        var page = new StringBuilder().AppendLine(
            """
            # Settings of an environment

            They stand under `context.environments.<name>` in `cdk.json`; a key that is missing has its default. This page is generated from the code:
            run the tests with `ACCEPT_SNAPSHOTS=1` after changing a setting.

            """);
        Table(page, OfEnvironment);
        page.AppendLine(
            """

            # Settings of the delivery

            They stand under `context.delivery` in `cdk.json`. Without them there is no stack Delivery, and people deploy. Each stage must have an `account`
            and the delivery's `region`.

            """);
        Table(page, OfDelivery);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Table(StringBuilder page, IEnumerable<Setting> settings)
    {
        page.AppendLine("| setting | default | allowed | what it is |").AppendLine("|---|---|---|---|");
        foreach (var setting in settings)
            page.AppendLine($"| `{setting.Path}` | {setting.Default} | {setting.Allowed} | {setting.Summary} |");
    }

    private static IEnumerable<Setting> Of(Type type, string path)
    {
        var defaults = Activator.CreateInstance(type)!;
        foreach (var property in SettingsBinder.SettingsOf(type))
        {
            var name = path + SettingsBinder.Key(property);
            if (SettingsBinder.IsRecord(property.PropertyType))
            {
                foreach (var setting in Of(property.PropertyType, $"{name}."))
                    yield return setting;
            }
            else
            {
                yield return new(name, property.GetValue(defaults), Comment(property, "value"), Allowed(property), Comment(property, "summary"));
            }
        }
    }

    private static string Allowed(PropertyInfo property)
    {
        var advice = SettingsBinder.Advice(property);
        return advice["Give ".Length..].TrimEnd('.').Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Comment(PropertyInfo property, string tag)
    {
        var key = $"P:{property.DeclaringType!.FullName}.{property.Name}";
        var comment = Comments.GetValueOrDefault(key)?.Element(tag) ?? throw new InvalidOperationException($"{key} has no <{tag}>.");
        foreach (var code in comment.Elements("c").ToList())
            code.ReplaceWith($"`{code.Value}`");
        foreach (var reference in comment.Elements("see").ToList())
            reference.ReplaceWith($"`{((string)reference.Attribute("cref")!).Split('.')[^1]}`");
        return Space().Replace(comment.Value.Trim(), " ");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

/// <summary>One setting.</summary>
/// <param name="Value">What it is by default.</param>
/// <param name="Default">What its documentation says that it is by default.</param>
internal sealed record Setting(string Path, object? Value, string Default, string Allowed, string Summary);
