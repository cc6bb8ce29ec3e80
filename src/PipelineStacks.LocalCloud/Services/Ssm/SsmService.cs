using System.Globalization;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Services.Ssm;

/// <summary>Systems Manager's Parameter Store.</summary>
internal sealed class SsmService : IJsonService
{
    private const int DefaultPage = 10;

    private readonly ParameterStore _parameters;

    public SsmService(ParameterStore parameters)
    {
        _parameters = parameters;
        Operations = new OperationTable("Systems Manager")
            .Add<GetParameterRequest, GetParameterResponse>("GetParameter",
                (call, request) => new(Find(call, request.Name) ?? throw ParameterStore.NotFound()))
            .Add<GetParametersRequest, GetParametersResponse>("GetParameters", GetSeveral)
            .Add<GetParametersByPathRequest, GetParametersByPathResponse>("GetParametersByPath", GetByPath)
            .Add<PutParameterRequest, PutParameterResponse>("PutParameter", Put)
            .Add<DeleteParameterRequest, Empty>("DeleteParameter", Delete)
            .Add<DescribeParametersRequest, DescribeParametersResponse>("DescribeParameters", Describe);
    }

    public string TargetPrefix => "AmazonSSM";

    public OperationTable Operations { get; }

    private GetParametersResponse GetSeveral(Call call, GetParametersRequest request)
    {
        var found = request.Names.Select(name => (Name: name, Parameter: Find(call, name))).ToList();
        return new([.. found.Select(one => one.Parameter).OfType<ParameterView>()], [.. found.Where(one => one.Parameter is null).Select(one => one.Name)]);
    }

    private GetParametersByPathResponse GetByPath(Call call, GetParametersByPathRequest request)
    {
        call.Authorize("ssm:GetParametersByPath", ParameterStore.Arn(call, request.Path));
        var prefix = request.Path.TrimEnd('/') + "/";
        var matching = _parameters.All(call).Where(parameter => parameter.Name.StartsWith(prefix, StringComparison.Ordinal)
            && (request.Recursive || !parameter.Name.AsSpan(prefix.Length).Contains('/')));
        var (page, next) = Page(matching, request.MaxResults, request.NextToken);
        return new([.. page.Select(parameter => View(call, parameter))], next);
    }

    private PutParameterResponse Put(Call call, PutParameterRequest request)
    {
        // An overwritten parameter keeps what the request doesn't say.
        var parameter = _parameters.Put(call, request.Name, request.Overwrite, before => new()
        {
            Name = request.Name,
            Value = request.Value,
            Type = request.Type ?? before?.Type ?? throw ServiceException.Validation("type", null, "A parameter type is required when you create a parameter."),
            Description = request.Description ?? before?.Description,
            AllowedPattern = request.AllowedPattern ?? before?.AllowedPattern,
            DataType = request.DataType ?? before?.DataType ?? "text",
            Tier = request.Tier ?? before?.Tier ?? "Standard",
            Tags = request.Tags ?? before?.Tags ?? [],
        });
        return new(parameter.Version, parameter.Tier);
    }

    private Empty Delete(Call call, DeleteParameterRequest request)
    {
        _parameters.Delete(call, request.Name);
        return Empty.Value;
    }

    private DescribeParametersResponse Describe(Call call, DescribeParametersRequest request)
    {
        call.Authorize("ssm:DescribeParameters", "*");
        var (page, next) = Page(_parameters.All(call), request.MaxResults, request.NextToken);
        return new(
        [
            .. page.Select(parameter => new ParameterMetadata(parameter.Name, ParameterStore.Arn(call, parameter.Name), parameter.Type,
                parameter.LastModifiedDate, parameter.Description, parameter.AllowedPattern, parameter.Version, parameter.Tier, parameter.DataType)),
        ], next);
    }

    /// <summary>By name or ARN, and optionally with the version after a colon: only the latest one is kept here.</summary>
    private ParameterView? Find(Call call, string nameOrArn)
    {
        var name = nameOrArn;
        if (nameOrArn.StartsWith("arn:", StringComparison.Ordinal))
        {
            var path = nameOrArn[(nameOrArn.IndexOf(":parameter/", StringComparison.Ordinal) + ":parameter".Length)..];
            name = _parameters.Find(call, path) is null ? path[1..] : path;
        }

        long? version = null;
        if (name.LastIndexOf(':') is > 0 and var colon && long.TryParse(name.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var number))
            (name, version) = (name[..colon], number);
        if (_parameters.Find(call, name) is not { } parameter)
            return null;
        return version is null || version == parameter.Version
            ? View(call, parameter)
            : throw new ServiceException("ParameterVersionNotFound", $"Systems Manager could not find version {version} of {name}. Verify the version and try again.");
    }

    private static (List<StoredParameter> Page, string? Next) Page(IEnumerable<StoredParameter> all, int? maxResults, string? after)
    {
        // The token is the last name of the page before.
        var rest = all.Where(parameter => after is null || string.CompareOrdinal(parameter.Name, after) > 0).Take((maxResults ?? DefaultPage) + 1).ToList();
        return rest.Count <= (maxResults ?? DefaultPage) ? (rest, null) : (rest[..^1], rest[^2].Name);
    }

    private static ParameterView View(Call call, StoredParameter parameter) => new(
        parameter.Name, parameter.Type, parameter.Value, parameter.Version, parameter.LastModifiedDate, ParameterStore.Arn(call, parameter.Name),
        parameter.DataType);
}
