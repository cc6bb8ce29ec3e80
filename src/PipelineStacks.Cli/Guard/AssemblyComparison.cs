using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>Finds what deploying one assembly over another would do.</summary>
internal sealed class AssemblyComparison(ResourceSchemas schemas)
{
    public IReadOnlyList<Change> Compare(IReadOnlyList<AssemblyStack> was, IReadOnlyList<AssemblyStack> now)
    {
        var spread = new ReplacementSpread(schemas, was, now);
        List<Change> changes = [];
        foreach (var name in was.Concat(now).Select(stack => stack.Name).Distinct().Order(StringComparer.Ordinal))
        {
            var (before, after) = (was.FirstOrDefault(stack => stack.Name == name), now.FirstOrDefault(stack => stack.Name == name));
            changes.AddRange(Resources(before, after, spread));
            if (after is not null)
                changes.AddRange(Grants(before, after));
        }

        changes.AddRange(Exports(was, now, spread));
        return changes;
    }

    private IEnumerable<Change> Resources(AssemblyStack? was, AssemblyStack? now, ReplacementSpread spread)
    {
        var (before, after) = (was?.Resources ?? Nothing, now?.Resources ?? Nothing);
        foreach (var id in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var (old, next) = (before.GetValueOrDefault(id), after.GetValueOrDefault(id));
            if (old is null)
                yield return Make(now!, id, next!, ChangeKind.Added, []);
            else if (next is null)
                yield return Make(was!, id, old, ChangeKind.Deleted, Departure(id, old, before, after));
            else
            {
                foreach (var change in Both(now!, id, old, next, spread))
                    yield return change;
            }
        }
    }

    private IEnumerable<Change> Both(AssemblyStack stack, string id, JsonObject was, JsonObject now, ReplacementSpread spread)
    {
        var type = (string)now["Type"]!;
        var differences = spread.Differences(stack.Name, id);
        if ((string)was["Type"]! != type)
            yield return Make(stack, id, was, ChangeKind.Replaced, [$"Type: {was["Type"]} → {type}"]);
        else if (differences.Count > 0)
        {
            var kind = differences.Max(difference => difference.Replacement) switch
            {
                Replacement.Yes => ChangeKind.Replaced,
                Replacement.Maybe => ChangeKind.MaybeReplaced,
                _ => ChangeKind.Changed,
            };
            yield return Make(stack, id, now, kind, [.. differences.Select(Describe)]);
        }

        if (Protections.Lost(type, was, now) is { Count: > 0 } lost)
            yield return Make(stack, id, now, ChangeKind.Weakened, lost);
    }

    // Two ways in which a resource seems to go while only its place in the code has changed.
    private static List<string> Departure(string id, JsonObject resource, IReadOnlyDictionary<string, JsonObject> before, IReadOnlyDictionary<string, JsonObject> after)
    {
        var type = (string)resource["Type"]!;
        List<string> details = [];
        if (Protections.Policy(resource, "DeletionPolicy", type) is not "Delete" and var policy)
            details.Add(policy == "Snapshot" ? "a last snapshot stays" : "it stays in the account, outside of every stack");
        var twin = after.FirstOrDefault(other => !before.ContainsKey(other.Key) && (string)other.Value["Type"]! == type && JsonNode.DeepEquals(other.Value["Properties"], resource["Properties"]));
        if (twin.Key is not null)
            details.Add($"{twin.Key} is added with the same properties: if its construct was renamed or moved, give it its id back");
        return details;
    }

    private static IEnumerable<Change> Grants(AssemblyStack? was, AssemblyStack now)
    {
        var before = was is null ? new Permissions() : Permissions.Of(was);
        foreach (var (holder, isNew, grants) in Permissions.Of(now).WiderThan(before))
        {
            yield return new()
            {
                Stack = now.Id,
                Resource = $"{now.Id}/{holder}",
                LogicalId = holder.Split(' ')[^1],
                Type = "IAM",
                Kind = isNew ? ChangeKind.Added : ChangeKind.Widened,
                Details = grants,
            };
        }
    }

    // A producing stack is deployed before those that read its exports, which then still read what was there.
    private static IEnumerable<Change> Exports(IReadOnlyList<AssemblyStack> was, IReadOnlyList<AssemblyStack> now, ReplacementSpread spread)
    {
        var readers = was.SelectMany(stack => Intrinsics.Imports(stack.Template).Distinct().Select(name => (name, stack.Id))).ToLookup(pair => pair.name, pair => pair.Id, StringComparer.Ordinal);
        foreach (var stack in was)
        {
            if (now.FirstOrDefault(other => other.Name == stack.Name) is not { } next)
                continue;
            foreach (var (name, value) in stack.Exports.Where(export => readers.Contains(export.Key)))
            {
                var isGone = !next.Exports.TryGetValue(name, out var other);
                if (!isGone && JsonNode.DeepEquals(value, other) && !spread.Exports.Contains(name))
                    continue;
                yield return new()
                {
                    Stack = next.Id,
                    Resource = $"{next.Id}/export {name}",
                    LogicalId = name,
                    Type = "Export",
                    Kind = ChangeKind.Refused,
                    Details = [$"{(isGone ? "it goes" : "its value changes")} while {string.Join(", ", readers[name])} reads it: deploy the readers without it first, then this stack (keep it for one deployment by Stack.ExportValue)"],
                };
            }
        }
    }

    private Change Make(AssemblyStack stack, string id, JsonObject resource, ChangeKind kind, IReadOnlyList<string> details) => new()
    {
        Stack = stack.Id,
        Resource = ((string?)resource["Metadata"]?["aws:cdk:path"])?.Replace("/Resource", "", StringComparison.Ordinal) ?? $"{stack.Id}/{id}",
        LogicalId = id,
        Type = (string)resource["Type"]!,
        Kind = kind,
        Stateful = schemas.IsStateful((string)resource["Type"]!),
        Details = details,
    };

    private static string Describe(PropertyChange change)
    {
        var consequence = change.Replacement switch
        {
            Replacement.Yes => " (can't be changed: a new one is made)",
            Replacement.Maybe => " (may need a new one)",
            _ => "",
        };
        return $"{change.Path}: {Wording.OfDifference(change.Base, change.Head)}{consequence}";
    }

    private static readonly IReadOnlyDictionary<string, JsonObject> Nothing = new Dictionary<string, JsonObject>();
}
