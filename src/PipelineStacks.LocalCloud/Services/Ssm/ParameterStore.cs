using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Ssm;

/// <summary>A parameter in its latest version.</summary>
internal sealed record StoredParameter
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string Value { get; init; }

    public long Version { get; init; } = 1;

    public DateTimeOffset LastModifiedDate { get; init; }

    public string? Description { get; init; }

    public string? AllowedPattern { get; init; }

    public string DataType { get; init; } = "text";

    public string Tier { get; init; } = "Standard";

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>Systems Manager's parameters.</summary>
internal sealed class ParameterStore(StateStore state, CloudClock clock)
{
    /// <summary>The version of CDK's bootstrap resources, which every account and Region has here without being bootstrapped.</summary>
    public const string BootstrapVersionName = "/cdk-bootstrap/hnb659fds/version";

    public const string BootstrapVersion = "30";
    private const int MaxValueLength = 4096;

    private readonly StateCollection<StoredParameter> _parameters = state.Open<StoredParameter>("ssm", "parameters");

    public static string Arn(Call call, string name) => call.Arn("ssm", $"parameter/{name.TrimStart('/')}");

    public StoredParameter? Find(Call call, string name)
    {
        call.Authorize("ssm:GetParameter", Arn(call, name));
        return _parameters.TryGet(Key(call, name), out var parameter) ? parameter : name == BootstrapVersionName ? Bootstrap(call) : null;
    }

    /// <summary>The caller's parameters by name.</summary>
    public IEnumerable<StoredParameter> All(Call call)
    {
        var stored = _parameters.In(call.Account, call.Region);
        return _parameters.TryGet(Key(call, BootstrapVersionName), out _) ? stored
            : stored.Append(Bootstrap(call)).OrderBy(parameter => parameter.Name, StringComparer.Ordinal);
    }

    /// <param name="make">The parameter from the one before it, if there is one.</param>
    public StoredParameter Put(Call call, string name, bool overwrite, Func<StoredParameter?, StoredParameter> make)
    {
        call.Authorize("ssm:PutParameter", Arn(call, name));
        _parameters.TryGet(Key(call, name), out var before);
        var parameter = make(before);
        Check(parameter);
        if (before is not null && !overwrite)
            throw new ServiceException("ParameterAlreadyExists",
                "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        var next = parameter with { Version = (before?.Version ?? 0) + 1, LastModifiedDate = clock.GetUtcNow() };
        _parameters.Put(Key(call, name), next);
        return next;
    }

    public void Delete(Call call, string name)
    {
        call.Authorize("ssm:DeleteParameter", Arn(call, name));
        if (!_parameters.Remove(Key(call, name)))
            throw NotFound();
    }

    // AWS's message is empty as well.
    public static ServiceException NotFound() => new("ParameterNotFound", "");

    internal static void Check(StoredParameter parameter)
    {
        if (parameter.Type == "SecureString")
            throw ServiceException.Unsupported("The parameter type SecureString");
        if (parameter.Type is not ("String" or "StringList"))
            throw new ServiceException("UnsupportedParameterType", $"The parameter type {parameter.Type} is not supported.");
        if (parameter.DataType != "text")
            throw ServiceException.Unsupported($"The parameter data type {parameter.DataType}");
        if (parameter.Value.Length == 0 || parameter.Value.Length > MaxValueLength)
            throw ServiceException.Validation("value", parameter.Value.Length == 0 ? "" : null, $"Member must have length between 1 and {MaxValueLength}.");
        if (parameter.AllowedPattern is { } pattern && !Regex.IsMatch(parameter.Value, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            throw new ServiceException("ParameterPatternMismatchException", "Parameter value, cannot be validated against allowedPattern: " + pattern);
    }

    private StoredParameter Bootstrap(Call call) => new()
    {
        Name = BootstrapVersionName,
        Type = "String",
        Value = BootstrapVersion,
        Description = $"The local cloud needs no bootstrapping in {call.Account}/{call.Region}.",
        LastModifiedDate = clock.GetUtcNow(),
    };

    private static ResourceKey Key(Call call, string name) => new(call.Account, call.Region, name);
}
