using System.Diagnostics;

namespace PipelineStacks.Tests.Functions;

/// <summary>The function's own tests, which run it against a MariaDB that they start and that nobody else sees.</summary>
public sealed class DatabaseAdminTests
{
    [Fact]
    public async Task Function_DoesWhatItsOwnTestsAsk()
    {
        File.Exists("/usr/sbin/mariadbd").ShouldBeTrue("MariaDB is missing. Install it with: sudo apt-get install -y mariadb-server");
        var folder = RepositoryRoot.PathOf("src", "functions", "database-admin", "test");
        var start = new ProcessStartInfo("node", ["--test", .. Directory.EnumerateFiles(folder, "*.test.mjs").Order()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("Node didn't start.");
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, output + await errors);
    }
}
