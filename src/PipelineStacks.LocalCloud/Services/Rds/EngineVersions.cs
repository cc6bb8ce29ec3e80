using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Rds.Contracts;

namespace PipelineStacks.LocalCloud.Services.Rds;

/// <summary>The engines and versions that an instance may name. All of them run as the MariaDB server of this machine.</summary>
internal static class EngineVersions
{
    private static readonly DBEngineVersion[] All =
    [
        .. Of("mysql", "mysql8.0", "MySQL Community Edition", "8.0.40", "8.0.41", "8.0.42", "8.0.43", "8.0.44"),
        .. Of("mysql", "mysql8.4", "MySQL Community Edition", "8.4.3", "8.4.4", "8.4.5", "8.4.6", "8.4.7", "8.4.8", "8.4.9", "8.4.10", "8.4.11"),
        .. Of("mariadb", "mariadb10.11", "MariaDB Server", "10.11.10", "10.11.11", "10.11.13"),
    ];

    public static DescribeDBEngineVersionsResponse Describe(Call call, DescribeDBEngineVersionsRequest request)
    {
        call.Authorize("rds:DescribeDBEngineVersions", "*");
        var matching = All.Where(one => (request.Engine ?? one.Engine) == one.Engine && (request.DBParameterGroupFamily ?? one.DBParameterGroupFamily) == one.DBParameterGroupFamily
            && (request.EngineVersion is null || Matches(one, request.EngineVersion)));
        if (request.DefaultOnly == true)
            matching = matching.GroupBy(one => one.Engine).Select(versions => versions.Last());
        var page = Page<DBEngineVersion>.Of(matching, request.Marker, request.MaxRecords ?? 100, "InvalidParameterValue");
        return new(page.Items, page.Next);
    }

    /// <summary>The version that <c>8.4</c> or <c>8.4.3</c> means.</summary>
    public static DBEngineVersion Find(string engine, string? version)
    {
        if (All.All(one => one.Engine != engine))
            throw ServiceException.Unsupported($"The database engine {engine}");
        return All.LastOrDefault(one => one.Engine == engine && (version is null || Matches(one, version)))
            ?? throw new ServiceException("InvalidParameterCombination", $"Cannot find version {version} for {engine}");
    }

    public static void CheckFamily(string family)
    {
        if (All.All(one => one.DBParameterGroupFamily != family))
            throw ServiceException.Unsupported($"The DB parameter group family {family}");
    }

    private static bool Matches(DBEngineVersion one, string version) =>
        one.EngineVersion == version || one.EngineVersion.StartsWith(version + ".", StringComparison.Ordinal);

    private static IEnumerable<DBEngineVersion> Of(string engine, string family, string description, params string[] versions) =>
        versions.Select(version => new DBEngineVersion(engine, version, family, description, "available"));
}
