using System.Diagnostics;
using PipelineStacks.LocalCloud;
using PipelineStacks.LocalCloud.Services.Lambda.Execution;
using PipelineStacks.LocalCloud.Services.Rds.MariaDb;

// The cloud starts itself for its .NET functions: one program, wherever it lies.
if (args is [DotnetHost.Command])
    return await DotnetHost.RunAsync();

if (args.Contains("-h") || args.Contains("--help"))
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

var (options, errors) = CommandLine.Parse(args, Environment.GetEnvironmentVariable(ExistingMySql.Variable));
foreach (var error in errors)
    await Console.Error.WriteLineAsync(error);
if (errors.Count > 0)
    return 2;

try
{
    await using var cloud = await LocalCloudHost.StartAsync(options);
    var start = TimeProvider.System.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime();
    Console.WriteLine($"Local cloud ready on {cloud.Endpoint.GetLeftPart(UriPartial.Authority)} after {start.TotalSeconds:0.00} s, state in {cloud.DataDirectory}");
    await cloud.WaitForShutdownAsync();
    return 0;
}
catch (Exception error) when (StartErrors.IsExpected(error))
{
    await Console.Error.WriteLineAsync(StartErrors.Explain(options, error));
    return 1;
}
