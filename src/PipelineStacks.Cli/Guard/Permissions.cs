using System.Text.Json.Nodes;

namespace PipelineStacks.Cli.Guard;

/// <summary>Who may do what by the templates of an assembly: the grants of each role, and of each resource with a policy of its own.</summary>
internal sealed class Permissions
{
    private static readonly string[] PolicyProperties = ["PolicyDocument", "AssumeRolePolicyDocument", "KeyPolicy", "ResourcePolicy"];

    private static readonly string[] Identities = ["Roles", "Users", "Groups"];
    private static readonly string[] Sources = ["SourceArn", "SourceAccount"];

    private readonly Dictionary<string, List<Grant>> _grants = new(StringComparer.Ordinal);

    /// <summary>The grants by what holds them: <c>role Reader</c>, <c>trust of role Reader</c>, <c>policy of Bucket</c>.</summary>
    public IReadOnlyDictionary<string, List<Grant>> Grants => _grants;

    // The resources that are there: what is denied about one that goes is denied no more because it goes.
    private IReadOnlyCollection<string> _resources = [];

    public static Permissions Of(AssemblyStack stack)
    {
        var permissions = new Permissions { _resources = [.. stack.Resources.Keys] };
        foreach (var (id, resource) in stack.Resources)
            permissions.Add(id, (string?)resource["Type"] ?? "", resource["Properties"]?.AsObject() ?? []);
        return permissions;
    }

    /// <summary>What is granted here and wasn't there, and what was denied there and isn't here.</summary>
    public IEnumerable<(string Holder, bool IsNew, IReadOnlyList<string> Grants)> WiderThan(Permissions other)
    {
        foreach (var (holder, grants) in _grants.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var before = other._grants.GetValueOrDefault(holder) ?? [];
            var gained = grants.Where(grant => grant.Allows && !before.Exists(was => was.Covers(grant))).Select(grant => grant.ToString());
            var freed = before.Where(was => !was.Allows && !grants.Exists(grant => grant.Covers(was))).Select(was => $"no longer: {was}");
            if (gained.Concat(freed).Distinct().ToList() is { Count: > 0 } wider)
                yield return (holder, !other._grants.ContainsKey(holder), wider);
        }

        // A policy that goes as a whole takes its denials along.
        foreach (var (holder, grants) in other._grants.Where(pair => !_grants.ContainsKey(pair.Key) && _resources.Contains(pair.Key.Split(' ')[^1])))
        {
            if (grants.Where(grant => !grant.Allows).Select(grant => $"no longer: {grant}").Distinct().ToList() is { Count: > 0 } freed)
                yield return (holder, false, freed);
        }
    }

    private void Add(string id, string type, JsonObject properties)
    {
        switch (type)
        {
            case "AWS::IAM::Role" or "AWS::IAM::User" or "AWS::IAM::Group":
                AddIdentity(id, properties);
                break;
            case "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy":
                foreach (var holder in Attached(id, properties))
                    Add(holder, PolicyDocument.Grants(properties["PolicyDocument"]));
                break;
            case "AWS::Lambda::Permission":
                Add($"policy of {Intrinsics.Text(properties["FunctionName"])}", [Invocation(properties)]);
                break;
            default:
                AddPolicies($"policy of {Target(id, properties)}", properties);
                break;
        }
    }

    private void AddIdentity(string id, JsonObject properties)
    {
        Add($"role {id}", []);
        Add($"trust of role {id}", PolicyDocument.Grants(properties["AssumeRolePolicyDocument"]));
        foreach (var policy in properties["Policies"]?.AsArray() ?? [])
            Add($"role {id}", PolicyDocument.Grants(policy!["PolicyDocument"]));
        foreach (var arn in properties["ManagedPolicyArns"]?.AsArray() ?? [])
            Add($"role {id}", [new(true, "", $"what {Intrinsics.Text(arn)} says", "", Condition.Of(null))]);
        // Without its boundary a role may all that its policies say, which is told as a denial that ends.
        if (properties["PermissionsBoundary"] is { } boundary)
            Add($"role {id}", [new(false, "", $"what the boundary {Intrinsics.Text(boundary)} leaves out", "", Condition.Of(null))]);
    }

    private void AddPolicies(string holder, JsonObject properties)
    {
        foreach (var name in PolicyProperties)
        {
            if (properties[name] is JsonObject document)
                Add(holder, PolicyDocument.Grants(document));
        }
    }

    // A policy is known by what it is attached to, since its own id says nothing about who may do what.
    private static List<string> Attached(string id, JsonObject properties)
    {
        var holders = Identities
            .SelectMany(kind => properties[kind]?.AsArray() ?? [])
            .Select(holder => $"role {Reference(holder)}").ToList();
        return holders.Count > 0 ? holders : [$"policy {id}"];
    }

    private static string Target(string id, JsonObject properties) =>
        (properties["Bucket"] ?? properties["Topics"]?[0] ?? properties["Queues"]?[0] ?? properties["SecretId"]) is { } target ? Reference(target) : id;

    private static string Reference(JsonNode? node) => Intrinsics.Text(node).TrimStart('$').Trim('{', '}');

    private static Grant Invocation(JsonObject properties)
    {
        var conditions = new JsonObject();
        foreach (var name in Sources)
        {
            if (properties[name] is { } value)
                conditions[$"ArnLike {name}"] = new JsonObject { [name] = value.DeepClone() };
        }

        return new(true, Intrinsics.Text(properties["Principal"]), Intrinsics.Text(properties["Action"]), "the function", Condition.Of(conditions));
    }

    private void Add(string holder, IReadOnlyList<Grant> grants)
    {
        if (!_grants.TryGetValue(holder, out var all))
            _grants[holder] = all = [];
        all.AddRange(grants);
    }
}
