using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PipelineStacks.Model.Settings;

/// <summary>Everything that cdk.json's <c>context</c> says about this project, checked as a whole.</summary>
public sealed partial record ProjectSettings
{
    private ProjectSettings(IReadOnlyList<EnvironmentSettings> environments, PromotionSettings? delivery) => (Environments, Delivery) = (environments, delivery);

    /// <summary>The environments, in the order in which cdk.json names them.</summary>
    public IReadOnlyList<EnvironmentSettings> Environments { get; private init; }

    /// <summary>How commits get into the environments; null where people deploy.</summary>
    public PromotionSettings? Delivery { get; private init; }

    /// <summary>Reads the keys of the context that are the project's own.</summary>
    /// <param name="environments">What stands at <c>context.environments</c>; null where nothing does.</param>
    /// <param name="allowDestroy">What stands at <c>context.allowDestroy</c>; a text where it came from the command line.</param>
    /// <param name="delivery">What stands at <c>context.delivery</c>; null where nothing does.</param>
    /// <exception cref="SettingsException">With every error there is.</exception>
    public static ProjectSettings Read(JsonElement? environments, JsonElement? allowDestroy, JsonElement? delivery = null)
    {
        var binder = new SettingsBinder();
        var destroy = ReadAllowDestroy(allowDestroy, binder);
        var read = ReadEnvironments(environments, binder)
            .Select(pair => binder.Bind<EnvironmentSettings>(pair.Json, $"environments.{pair.Name}") with { Name = pair.Name, AllowDestroy = destroy })
            .ToImmutableArray();
        var promotion = delivery is { ValueKind: not JsonValueKind.Null } json ? binder.Bind<PromotionSettings>(json, "delivery") : null;
        // As with the rules within a record: what follows from another error isn't reported.
        if (promotion is not null && binder.Errors.Count == 0)
        {
            foreach (var error in promotion.Check("delivery", read))
                binder.Add(error);
        }
        return binder.Errors.Count == 0 ? new(read, promotion) : throw new SettingsException([.. binder.Errors.Select(error => error.ToString())]);
    }

    /// <summary>The environment of that name.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public EnvironmentSettings Environment(string name) =>
        Environments.FirstOrDefault(environment => environment.Name == name)
        ?? throw new SettingsException(
            $"Unknown environment '{name}', known are {string.Join(", ", Environments.Select(environment => environment.Name))}. "
            + "Add it under context.environments in cdk.json.");

    /// <summary>That environment alone, as somebody works with it who deploys by hand.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public ProjectSettings Only(string name) => this with { Environments = [Environment(name)], Delivery = null };

    private static bool ReadAllowDestroy(JsonElement? json, SettingsBinder binder)
    {
        switch (json)
        {
            case null or { ValueKind: JsonValueKind.Null or JsonValueKind.False }:
                return false;
            case { ValueKind: JsonValueKind.True }:
                return true;
            case { ValueKind: JsonValueKind.String } text when bool.TryParse(text.GetString(), out var value):
                return value;
            case { } other:
                binder.Add(new(
                    "allowDestroy",
                    SettingsBinder.Shown(other),
                    "not true or false",
                    "Give true to let stacks delete their data, or remove it."));
                return false;
        }
    }

    private static IEnumerable<(string Name, JsonElement Json)> ReadEnvironments(JsonElement? json, SettingsBinder binder)
    {
        if (json is not { ValueKind: JsonValueKind.Object } environments || !environments.EnumerateObject().Any())
        {
            var shown = json is { } found ? SettingsBinder.Shown(found) : null;
            binder.Add(new(
                "environments",
                shown,
                "no environments",
                "Add an object such as { \"dev\": {} } under context.environments in cdk.json."));
            yield break;
        }

        foreach (var member in environments.EnumerateObject())
        {
            // Stack, database and workgroup names carry it, each with a limit and an alphabet of its own.
            if (!EnvironmentName().IsMatch(member.Name))
            {
                binder.Add(new(
                    $"environments.{member.Name}",
                    null,
                    "not a name for an environment",
                    "Use a lower-case letter and up to 11 lower-case letters or digits."));
            }
            else
            {
                yield return (member.Name, member.Value);
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9]{0,11}\\z")]
    private static partial Regex EnvironmentName();
}
