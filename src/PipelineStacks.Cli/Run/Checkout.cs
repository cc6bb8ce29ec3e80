using System.Globalization;
using PipelineStacks.Cli.Output;
using PipelineStacks.Model.Datasets;
using PipelineStacks.Model.Settings;

namespace PipelineStacks.Cli.Run;

/// <summary>What a run needs of the checkout and the machine, looked for before anything is begun.</summary>
internal sealed class Checkout
{
    // The Parquet, the stream's log and the templates; DuckDB and the CDK need room to work as well.
    private const long LeastDisk = 500_000_000;
    private const long DiskPerEvent = 1_000;

    private Checkout(string root, string output)
    {
        Root = root;
        Output = output;
    }

    public string Root { get; }

    public string LocalCloud => Program("PipelineStacks.LocalCloud", "local-cloud.dll");

    public string App => Program("PipelineStacks", "PipelineStacks.dll");

    public string Cdk => Path.Combine(Root, "node_modules", "aws-cdk", "bin", "cdk");

    /// <summary>Where logs and the summary go.</summary>
    public string Output { get; }

    /// <exception cref="UserError">Something is missing; the message says how to get it.</exception>
    public static Checkout Check(string folder, RunOptions options, EnvironmentSettings settings)
    {
        var root = Project.FindRoot(folder) ?? throw new UserError("No checkout of PipelineStacks is here: run this in its folder.");
        var checkout = new Checkout(root, options.OutputDirectory);
        if (!IsOnPath("node"))
            throw new UserError(ExitCode.Unavailable, "Node.js is missing: install version 20 or newer from https://nodejs.org and put node on PATH.");
        if (!File.Exists(checkout.Cdk))
            throw new UserError(ExitCode.Unavailable, $"The CDK CLI is missing at {checkout.Cdk}: run npm ci, or scripts/run, which does it.");
        foreach (var program in new[] { checkout.LocalCloud, checkout.App })
        {
            if (!File.Exists(program))
                throw new UserError(ExitCode.Unavailable, $"{program} is not built: run dotnet build -c Release, or scripts/run, which does it.");
        }

        if (HasDatabase(settings) && !IsOnPath("mariadbd") && !File.Exists("/usr/sbin/mariadbd"))
            throw new UserError(ExitCode.Unavailable, $"MariaDB's server is missing, and {settings.Name} has a database: install it with sudo apt-get install -y mariadb-server, or take its pipeline out of environments.{settings.Name}.pipelines in cdk.json.");
        checkout.CheckFolders(options);
        return checkout;
    }

    // The local cloud starts a server for each database that is deployed.
    private static bool HasDatabase(EnvironmentSettings settings) =>
        !settings.Database.IsExisting && DatasetCatalog.All.Any(dataset => dataset.Source is DatabaseSource && settings.Pipelines.Contains(dataset.Pipeline));

    private void CheckFolders(RunOptions options)
    {
        foreach (var (folder, option) in new[] { (Output, "--output"), (options.DataDirectory, "--data") })
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UserError(ExitCode.Unavailable, $"{folder} can't be used: {error.Message} Choose another with {option}.");
            }
        }

        var free = new DriveInfo(options.DataDirectory).AvailableFreeSpace;
        var needed = LeastDisk + (options.Events * DiskPerEvent);
        if (free < needed)
        {
            throw new UserError(
                ExitCode.Unavailable,
                string.Create(CultureInfo.InvariantCulture, $"{ByteCount.Of(free)} are free at {options.DataDirectory}, and {options.Events:N0} events need {ByteCount.Of(needed)}: free some, or choose another disk with --data."));
        }
    }

    // The configuration of this very program: what was built together runs together.
    private string Program(string project, string file) =>
        Path.Combine(Root, "artifacts", "bin", project, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) is "debug" ? "debug" : "release", file);

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
