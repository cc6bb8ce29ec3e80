using System.Text;
using System.Text.RegularExpressions;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.Iam;

namespace PipelineStacks.LocalCloud.Services.Lambda;

/// <summary>What a function must be to be taken.</summary>
internal sealed partial class FunctionRules(IamState iam)
{
    public const int DefaultTimeout = 3;
    public const int DefaultMemory = 128;
    public const int DefaultStorage = 512;
    private const int MaxEnvironmentBytes = 4096;

    /// <summary>What this machine can run. The names say what AWS would run; here it is the machine's node and .NET.</summary>
    private static readonly string[] Runtimes = ["nodejs20.x", "nodejs22.x", "nodejs24.x", "dotnet10", "provided.al2023"];

    private static readonly string[] Reserved =
    [
        "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME",
        "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
    ];

    /// <exception cref="ServiceException">In the words that Lambda uses.</exception>
    public void Check(FunctionState function)
    {
        CheckRuntime(function.Runtime);
        CheckRange("timeout", function.Timeout, 1, 900);
        CheckRange("memorySize", function.MemorySize, 128, 10_240);
        CheckRange("ephemeralStorage.size", function.EphemeralStorage, 512, 10_240);
        if (function.Handler.Length > 128 || function.Handler.Any(char.IsWhiteSpace))
            throw ServiceException.Validation("handler", function.Handler, @"Member must satisfy regular expression pattern: [^\s]+");
        if (function.TracingMode is not ("PassThrough" or "Active"))
            throw ServiceException.Validation("tracingConfig.mode", function.TracingMode, "Member must satisfy enum value set: [Active, PassThrough]");
        if (function.Architecture is not ("x86_64" or "arm64"))
            throw ServiceException.Validation("architectures", $"[{function.Architecture}]", "Member must satisfy enum value set: [x86_64, arm64]");
        CheckEnvironment(function.Environment);
        CheckRole(function.Role);
    }

    public static void CheckRuntime(string runtime)
    {
        if (!Runtimes.Contains(runtime))
            throw ServiceException.Unsupported($"The Lambda runtime {runtime} (it runs {string.Join(", ", Runtimes)})");
    }

    private static void CheckRange(string member, int value, int min, int max)
    {
        if (value < min)
            throw ServiceException.Validation(member, $"{value}", $"Member must have value greater than or equal to {min}");
        if (value > max)
            throw ServiceException.Validation(member, $"{value}", $"Member must have value less than or equal to {max}");
    }

    private static void CheckEnvironment(IReadOnlyDictionary<string, string> variables)
    {
        const string unable = "Lambda was unable to configure your environment variables because the environment variables you have provided";
        if (variables.Keys.Where(name => Reserved.Contains(name)).ToList() is { Count: > 0 } reserved)
            throw LambdaErrors.Invalid($"{unable} contains reserved keys that are currently not supported for modification. "
                + $"Reserved keys used in this request: {string.Join(", ", reserved)}");
        foreach (var name in variables.Keys)
            if (!VariableName().IsMatch(name))
                throw ServiceException.Validation("environment.variables", $"[{name}]", "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]");
        if (variables.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value)) > MaxEnvironmentBytes)
            throw LambdaErrors.Invalid($"{unable} exceeded the 4KB limit.");
    }

    // AWS tries to assume the role, so a role that is not there is found when the function is made.
    private void CheckRole(string role)
    {
        if (RoleArn().Match(role) is not { Success: true } match)
            throw ServiceException.Validation("role", role, @"Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+");
        if (!iam.Roles.TryGet(IamState.Key(match.Groups["account"].Value, match.Groups["name"].Value), out var found)
            || !found.TrustPolicy.Contains("lambda.amazonaws.com", StringComparison.Ordinal))
            throw LambdaErrors.Invalid("The role defined for the function cannot be assumed by Lambda.");
    }

    [GeneratedRegex(@"^arn:aws:iam::(?<account>\d{12}):role/([\w+=,.@/-]+/)?(?<name>[\w+=,.@-]+)$")]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9_]+$")]
    private static partial Regex VariableName();
}
