using System.Diagnostics;
using System.Globalization;

namespace PipelineStacks.LocalCloud.Services.Lambda.Execution;

/// <summary>How a function's runtime is started on this machine.</summary>
/// <param name="MarksEnd">Whether it marks on standard output that an invocation's lines are out.</param>
internal sealed record RuntimeCommand(string Program, IReadOnlyList<string> Arguments, bool MarksEnd)
{
    /// <summary>What the runtime itself is told, beside the function's environment.</summary>
    private IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    // What a process needs of this machine; everything else of the cloud's environment is kept from functions.
    private static readonly string[] Inherited = ["PATH", "DOTNET_ROOT", "HOME", "LD_LIBRARY_PATH", "SystemRoot", "TEMP", "TMP"];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Services", "Lambda", "runtime");

    public static RuntimeCommand Of(FunctionState function, string taskRoot) => function.Runtime switch
    {
        // As on AWS the heap leaves a part of the memory to the rest of the process.
        var node when node.StartsWith("nodejs", StringComparison.Ordinal) =>
            new("node", [$"--max-old-space-size={function.MemorySize * 9 / 10}", Path.Combine(Folder, "bootstrap.mjs")], true),
        "dotnet10" => new("dotnet", [Path.Combine(AppContext.BaseDirectory, "local-cloud.dll"), DotnetHost.Command], true)
        {
            Environment = new Dictionary<string, string>
            {
                ["DOTNET_GCHeapHardLimit"] = (function.MemorySize * 1024L * 1024L).ToString("X", CultureInfo.InvariantCulture),
            },
        },
        _ => new(Path.Combine(taskRoot, "bootstrap"), [], false),
    };

    public ProcessStartInfo StartInfo(string taskRoot, IReadOnlyDictionary<string, string> environment)
    {
        // Windows has no shell of that kind; there runtimes end when the runtime API no longer answers them.
        var watched = !OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(watched ? "/bin/sh" : Program)
        {
            WorkingDirectory = taskRoot,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in watched ? [Path.Combine(Folder, "watched.sh"), Program, .. Arguments] : Arguments)
            start.ArgumentList.Add(argument);
        var inherited = start.Environment.Where(pair => Inherited.Contains(pair.Key)).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in inherited)
            start.Environment[name] = value;
        foreach (var (name, value) in Environment.Concat(environment))
            start.Environment[name] = value;
        return start;
    }

    /// <summary>What functions find in their environment, by AWS's names.</summary>
    public static Dictionary<string, string> EnvironmentOf(FunctionState function, string region, string taskRoot, SandboxLog log) => new(function.Environment)
    {
        ["_HANDLER"] = function.Handler,
        ["AWS_REGION"] = region,
        ["AWS_DEFAULT_REGION"] = region,
        ["AWS_EXECUTION_ENV"] = $"AWS_Lambda_{function.Runtime}",
        ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySize.ToString(CultureInfo.InvariantCulture),
        ["AWS_LAMBDA_FUNCTION_VERSION"] = Functions.Latest,
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand",
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = log.Group,
        ["AWS_LAMBDA_LOG_STREAM_NAME"] = log.Stream,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["LAMBDA_TASK_ROOT"] = taskRoot,
        ["LAMBDA_RUNTIME_DIR"] = Folder,
        ["TZ"] = function.Environment.GetValueOrDefault("TZ", ":UTC"),
        ["LANG"] = "en_US.UTF-8",
    };
}
