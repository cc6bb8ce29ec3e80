using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.Glue.Jobs;

/// <summary>What Glue demands of a job, and what it fills in.</summary>
internal static class JobRules
{
    private const int DefaultWorkers = 10;
    private const int MaxTimeout = 7 * 24 * 60;
    private const int MaxRetries = 10;

    /// <summary>The data processing units of a worker, by its type.</summary>
    private static readonly Dictionary<string, double> Workers = new(StringComparer.Ordinal)
    {
        ["G.1X"] = 1, ["G.2X"] = 2, ["G.4X"] = 4, ["G.8X"] = 8, ["G.12X"] = 12, ["G.16X"] = 16,
        ["R.1X"] = 1, ["R.2X"] = 2, ["R.4X"] = 4, ["R.8X"] = 8,
    };

    /// <summary>The job with all defaults.</summary>
    /// <exception cref="ServiceException"><c>InvalidInputException</c> that names every fault.</exception>
    public static Job Make(string name, JobUpdate said, DateTimeOffset created, DateTimeOffset now)
    {
        if (said.Command?.Name is { } kind and not "glueetl")
            throw ServiceException.Unsupported($"The command {kind} of job {name} (Spark jobs are glueetl)");
        var version = said.GlueVersion ?? "5.1";
        var workers = said.NumberOfWorkers ?? DefaultWorkers;
        var type = said.WorkerType ?? "G.1X";
        var retries = said.MaxRetries ?? 0;
        var timeout = said.Timeout ?? (version == "4.0" ? 2880 : 480);
        var concurrent = said.ExecutionProperty?.MaxConcurrentRuns ?? 1;
        List<string?> faults =
        [
            name.Length is 0 or > 255 ? "Name must have 1 to 255 characters" : null,
            string.IsNullOrEmpty(said.Role) ? "Role is missing: the ARN or name of the role that the job acts as" : null,
            said.Command?.Name is null ? "Command.Name is missing: glueetl for a Spark job" : null,
            S3Path(said.Command?.ScriptLocation) ? null : $"Command.ScriptLocation must be s3://bucket/key, and is {said.Command?.ScriptLocation ?? "missing"}",
            said.Command?.PythonVersion is null or "3" ? null : $"Command.PythonVersion must be 3, and is {said.Command.PythonVersion}",
            VersionFault(version),
            said.MaxCapacity is not null && (said.WorkerType ?? said.NumberOfWorkers?.ToString(System.Globalization.CultureInfo.InvariantCulture)) is not null
                ? "Please set only Worker Type and Number of Workers, or only Max Capacity"
                : said.MaxCapacity is not null || said.AllocatedCapacity is not null
                    ? $"MaxCapacity and AllocatedCapacity are for Glue versions before 2.0: set WorkerType and NumberOfWorkers for Glue {version}" : null,
            (said.WorkerType is null) != (said.NumberOfWorkers is null) && said.MaxCapacity is null ? "WorkerType and NumberOfWorkers must be set together" : null,
            Workers.ContainsKey(type) ? null : $"WorkerType must be one of {string.Join(", ", Workers.Keys)}, and is {type}",
            workers is < 2 or > 299 ? $"NumberOfWorkers must be between 2 and 299, and is {workers}" : null,
            retries is < 0 or > MaxRetries ? $"MaxRetries must be between 0 and {MaxRetries}, and is {retries}" : null,
            timeout is < 1 or > MaxTimeout ? $"Timeout must be between 1 and {MaxTimeout} minutes, and is {timeout}" : null,
            concurrent < 1 ? $"ExecutionProperty.MaxConcurrentRuns must be at least 1, and is {concurrent}" : null,
            said.ExecutionClass is null or "STANDARD" or "FLEX" ? null : $"ExecutionClass must be STANDARD or FLEX, and is {said.ExecutionClass}",
            said.ExecutionClass is "FLEX" && type is not ("G.1X" or "G.2X") ? $"ExecutionClass FLEX needs the worker type G.1X or G.2X, not {type}" : null,
            said.JobRunQueuingEnabled is true && concurrent < 1 ? "JobRunQueuingEnabled needs MaxConcurrentRuns" : null,
        ];
        Demand(faults);
        return new()
        {
            Name = name,
            JobMode = said.JobMode ?? "SCRIPT",
            JobRunQueuingEnabled = said.JobRunQueuingEnabled ?? false,
            Description = said.Description,
            LogUri = said.LogUri,
            Role = said.Role!,
            CreatedOn = created,
            LastModifiedOn = now,
            ExecutionProperty = new(concurrent),
            Command = said.Command! with { PythonVersion = said.Command.PythonVersion ?? "3" },
            DefaultArguments = said.DefaultArguments,
            NonOverridableArguments = said.NonOverridableArguments,
            Connections = said.Connections,
            MaxRetries = retries,
            AllocatedCapacity = Workers[type] * workers,
            Timeout = timeout,
            MaxCapacity = Workers[type] * workers,
            WorkerType = type,
            NumberOfWorkers = workers,
            SecurityConfiguration = said.SecurityConfiguration,
            NotificationProperty = said.NotificationProperty,
            GlueVersion = version,
            ExecutionClass = said.ExecutionClass ?? "STANDARD",
            MaintenanceWindow = said.MaintenanceWindow,
        };
    }

    /// <summary>The job as one run of it is to be: what the run's request says goes before what the job says.</summary>
    public static Job ForRun(Job job, StartJobRunRequest request) => Make(job.Name, new()
    {
        JobMode = job.JobMode,
        JobRunQueuingEnabled = request.JobRunQueuingEnabled ?? job.JobRunQueuingEnabled,
        Role = job.Role,
        ExecutionProperty = job.ExecutionProperty,
        Command = job.Command,
        DefaultArguments = job.DefaultArguments,
        NonOverridableArguments = job.NonOverridableArguments,
        Connections = job.Connections,
        MaxRetries = job.MaxRetries,
        AllocatedCapacity = request.AllocatedCapacity,
        Timeout = request.Timeout ?? job.Timeout,
        MaxCapacity = request.MaxCapacity,
        WorkerType = request.WorkerType ?? (request.MaxCapacity is null || request.NumberOfWorkers is not null ? job.WorkerType : null),
        NumberOfWorkers = request.NumberOfWorkers ?? (request.MaxCapacity is null || request.WorkerType is not null ? job.NumberOfWorkers : null),
        SecurityConfiguration = request.SecurityConfiguration ?? job.SecurityConfiguration,
        NotificationProperty = request.NotificationProperty ?? job.NotificationProperty,
        GlueVersion = job.GlueVersion,
        ExecutionClass = request.ExecutionClass ?? job.ExecutionClass,
    }, job.CreatedOn, job.LastModifiedOn);

    /// <summary>The arguments that a script sees: the run's over the job's, the job's own non-overridable ones over all.</summary>
    /// <exception cref="ServiceException">The run's arguments name one that can't be overridden.</exception>
    public static IReadOnlyDictionary<string, string> Arguments(Job job, IReadOnlyDictionary<string, string>? given)
    {
        var all = new SortedDictionary<string, string>((job.DefaultArguments ?? new Dictionary<string, string>()).ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in given ?? new Dictionary<string, string>())
        {
            if (job.NonOverridableArguments?.ContainsKey(name) == true)
                throw GlueErrors.Invalid($"The argument {name} of job {job.Name} is non-overridable: a run can't set it.");
            all[name] = value;
        }

        foreach (var (name, value) in job.NonOverridableArguments ?? new Dictionary<string, string>())
            all[name] = value;
        return all;
    }

    private static string? VersionFault(string version) => version switch
    {
        "4.0" or "5.0" or "5.1" => null,
        "0.9" or "1.0" or "2.0" => $"Glue {version} can't run jobs since 2026-04-01: set GlueVersion to 5.0",
        _ => $"GlueVersion must be 4.0, 5.0 or 5.1, and is {version}",
    };

    private static bool S3Path(string? location) => location is not null && Athena.Tables.S3Location.Parse(location) is { Prefix.Length: > 0 };

    private static void Demand(IEnumerable<string?> faults)
    {
        var all = faults.OfType<string>().ToList();
        if (all.Count > 0)
            throw GlueErrors.Invalid(string.Join("; ", all) + ".");
    }
}
