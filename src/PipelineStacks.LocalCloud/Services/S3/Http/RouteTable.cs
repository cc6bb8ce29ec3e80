using System.Collections.Frozen;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>Operations of S3, each adding itself to the table.</summary>
internal interface IS3Operations
{
    void AddTo(RouteTable routes);
}

/// <summary>What a request is made to.</summary>
internal enum Target
{
    Service,
    Bucket,
    Object,
}

/// <summary>The operations by method, target and sub-resource. What S3 has and this table has not is refused by its name.</summary>
internal sealed class RouteTable
{
    private static readonly FrozenDictionary<string, string> Subresources = new Dictionary<string, string>
    {
        ["abac"] = "Abac", ["acl"] = "Acl", ["accelerate"] = "AccelerateConfiguration", ["analytics"] = "AnalyticsConfiguration",
        ["attributes"] = "Attributes",
        ["cors"] = "Cors", ["delete"] = "Objects", ["encryption"] = "Encryption",
        ["intelligent-tiering"] = "IntelligentTieringConfiguration",
        ["inventory"] = "InventoryConfiguration", ["legal-hold"] = "LegalHold", ["lifecycle"] = "LifecycleConfiguration",
        ["list-type"] = "ListObjectsV2",
        ["location"] = "Location", ["logging"] = "Logging", ["metadataConfiguration"] = "MetadataConfiguration",
        ["metadataTable"] = "MetadataTableConfiguration",
        ["metrics"] = "MetricsConfiguration", ["notification"] = "NotificationConfiguration", ["object-lock"] = "ObjectLockConfiguration",
        ["ownershipControls"] = "OwnershipControls", ["policy"] = "Policy", ["policyStatus"] = "PolicyStatus",
        ["publicAccessBlock"] = "PublicAccessBlock",
        ["renameObject"] = "Rename", ["replication"] = "Replication", ["requestPayment"] = "RequestPayment", ["restore"] = "Restore",
        ["retention"] = "Retention", ["select"] = "SelectContent", ["session"] = "Session", ["tagging"] = "Tagging",
        ["torrent"] = "Torrent",
        ["uploadId"] = "Upload", ["uploads"] = "MultipartUploads", ["versioning"] = "Versioning", ["versions"] = "Versions",
        ["website"] = "Website",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Dictionary<(string Method, Target Target, string Subresource), Func<S3Request, Task>> _routes = [];

    /// <summary>What there is, in the words of the requests: <c>GET bucket ?policy</c>.</summary>
    public IEnumerable<string> Descriptions => _routes.Keys.Select(route =>
        $"{route.Method} {route.Target.ToString().ToLowerInvariant()} {(route.Subresource.Length == 0 ? "" : "?")}{route.Subresource.Replace("+copy", " from a copy source", StringComparison.Ordinal)}"
            .Replace("? ", "", StringComparison.Ordinal).TrimEnd());

    /// <param name="subresource">The name in the query; empty for none, and with <c>+copy</c> behind it where a source is named to copy from.</param>
    public void Add(string method, Target target, string subresource, Func<S3Request, Task> handler) =>
        _routes.Add((method, target, subresource), handler);

    public void Add(string method, Target target, string subresource, Action<S3Request> handler) =>
        Add(method, target, subresource, request =>
    {
        handler(request);
        return Task.CompletedTask;
    });

    public Func<S3Request, Task> Find(S3Request request)
    {
        var target = request.Bucket.Length == 0 ? Target.Service : request.Key.Length == 0 ? Target.Bucket : Target.Object;
        var subresource = request.Http.Request.Query.Keys.FirstOrDefault(Subresources.ContainsKey) ?? "";
        var copy = request.Method == "PUT" && request.Header("x-amz-copy-source") is not null ? "+copy" : "";
        if (_routes.TryGetValue((request.Method, target, subresource + copy), out var handler))
            return handler;
        throw subresource.Length > 0 || request.Method == "POST"
            ? S3Errors.NotImplemented(NameOf(request.Method, target, subresource))
            : S3Errors.MethodNotAllowed(request.Method, target.ToString().ToUpperInvariant());
    }

    private static string NameOf(string method, Target target, string subresource)
    {
        if (subresource.Length == 0)
            return "PostObject";
        var verb = method switch { "GET" => "Get", "PUT" => "Put", "DELETE" => "Delete", "HEAD" => "Head", "POST" => "Post", _ => method };
        return $"{verb}{(target == Target.Object ? "Object" : "Bucket")}{Subresources[subresource]}";
    }
}
