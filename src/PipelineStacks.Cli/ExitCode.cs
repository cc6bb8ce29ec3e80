namespace PipelineStacks.Cli;

/// <summary>How a command ended, for scripts that call it.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>It ran, and what it was to do or to check failed.</summary>
    Failed = 1,

    /// <summary>Arguments, templates or settings that can't be used.</summary>
    BadInput = 2,

    /// <summary>A tool, an endpoint, a deployment or a port that it needs is not there.</summary>
    Unavailable = 3,

    /// <summary>A defect of this program, by the convention of sysexits.h.</summary>
    Bug = 70,

    /// <summary>Stopped by Ctrl+C before it had done its work.</summary>
    Cancelled = 130,
}
