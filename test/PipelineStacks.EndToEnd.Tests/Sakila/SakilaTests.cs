using System.Diagnostics;
using System.Text.RegularExpressions;
using PipelineStacks.Cli.Databases;

namespace PipelineStacks.EndToEnd.Tests.Sakila;

/// <summary>The Sakila pipeline's life in one deployment: a table is added to it, everything is loaded, and changed at random while worker and cloud are killed.</summary>
public sealed partial class SakilaTests(SakilaCloud sakila) : IClassFixture<SakilaCloud>, IDisposable
{
    private const string Added = "language";

    private readonly string _earlier = Directory.CreateTempSubdirectory("sakila-earlier-").FullName;
    private readonly string _landed = Directory.CreateTempSubdirectory("sakila-landed-").FullName;

    private static IEnumerable<string> Tables => SampleDatabase.Rows.Keys.Order(StringComparer.Ordinal);

    [Fact]
    public async Task Database_FromDeploymentToKills_IsInTheLakeRowByRow()
    {
        await LoadWithoutATableAsync();
        await AddTheTableAsync();
        await LoadIsLaidOutAsDmsDoesAsync();
        await ChangeWhileThingsAreKilledAsync();
        await LandingIsTheSourceRowByRowAsync();
    }

    public void Dispose()
    {
        Directory.Delete(_earlier, recursive: true);
        Directory.Delete(_landed, recursive: true);
    }

    private async Task LoadWithoutATableAsync()
    {
        EarlierAssembly.Make(sakila.Assembly, _earlier, Added);
        await sakila.DeployAsync(_earlier);
        // What can be done again is done again.
        for (var i = 0; i < 2; i++)
            (await sakila.DoneAsync("database", "prepare")).ShouldContain("REPLICATION SLAVE");
        (await sakila.DoneAsync("database", "seed", "--generate", "7")).ShouldContain("Loaded ");
        (await sakila.DoneAsync("database", "seed", "--generate", "7")).ShouldContain("The database is there already, with ");
        (await sakila.DoneAsync("replication", "start", "--loaded")).ShouldContain($"{SakilaCloud.Task} is running.");
        (await sakila.DoneAsync("replication", "start")).ShouldContain($"{SakilaCloud.Task} is running already.");
        (await sakila.DoneAsync("replication", "status")).ShouldContain("100 % loaded, 15 tables loaded, 0 loading, 0 queued, 0 in error");
        (await KeysAsync()).ShouldNotContain(key => key.Contains($"/{Added}/", StringComparison.Ordinal));
        (await sakila.Cloud.AwsAsync("glue", "get-table", "--database-name", "pipelines_dev_landing", "--name", Added)).Error.ShouldContain("EntityNotFoundException");
        // Over TLS that was verified: the server takes nothing else, and DMS trusts the authority of a certificate.
        (await sakila.AwsAsync("dms", "describe-endpoints", "--query", "Endpoints[?EndpointType=='source'].SslMode")).ShouldBe("verify-ca");
        (await sakila.SqlAsync("SELECT @@require_secure_transport")).Trim().ShouldBe("1");
    }

    // A task that runs can't be changed, and one that was changed takes new tables from a new load.
    private async Task AddTheTableAsync()
    {
        (await sakila.DoneAsync("replication", "stop")).ShouldContain($"{SakilaCloud.Task} is stopped.");
        await sakila.DeployAsync(sakila.Assembly);
        (await sakila.TaskAsync("TableMappings")).ShouldContain($"\"table-name\":\"{Added}\"");
        (await sakila.AwsAsync("glue", "get-table", "--database-name", "pipelines_dev_landing", "--name", Added, "--query", "Table.StorageDescriptor.Location"))
            .ShouldBe($"s3://{await sakila.LandingAsync()}/sakila/sakila/{Added}/");
        (await sakila.DoneAsync("replication", "start", "--reload", "--loaded")).ShouldContain("reload-target");
        (await sakila.DoneAsync("query", $"SELECT count(*) AS languages FROM {Added} WHERE op = 'I'", "--format", "csv")).ShouldContain("6");
        (await sakila.DoneAsync("replication", "verify")).ShouldContain("47,273 rows in 16 tables, and every one is where it should be, with the values that it should have.");
    }

    private async Task LoadIsLaidOutAsDmsDoesAsync()
    {
        (await KeysAsync()).ShouldBe(Tables.Select(table => $"sakila/sakila/{table}/LOAD00000001.csv"), ignoreOrder: true);
        await DownloadAsync();
        Tables.ToDictionary(table => table, table => new LandedTable(FolderOf(table)).LoadedRows).ShouldBe(SampleDatabase.Rows, ignoreOrder: true);
    }

    private async Task ChangeWhileThingsAreKilledAsync()
    {
        var changes = new RandomChanges(seed: 11);
        for (var round = 0; round < 2; round++)
        {
            await sakila.SqlAsync(changes.Next(1750));
            var changing = sakila.SqlAsync(changes.Next(1750));
            await KillWorkerAsync();
            await changing;
            await sakila.SqlAsync(changes.Next(2000));
            await sakila.Cloud.KillAsync();
            await sakila.Cloud.StartAsync();
        }

        await sakila.CaughtUpAsync();
        // What was gathered is written before it stands still.
        await sakila.DoneAsync("replication", "stop");
    }

    private async Task LandingIsTheSourceRowByRowAsync()
    {
        await DownloadAsync();
        var keys = (await KeysAsync()).Where(key => !key.Contains("LOAD", StringComparison.Ordinal)).ToList();
        keys.ShouldAllBe(key => ChangesName().IsMatch(key));
        foreach (var (table, keyColumns) in RandomChanges.Tables)
        {
            keys.ShouldContain(key => key.StartsWith($"sakila/sakila/{table}/", StringComparison.Ordinal));
            var source = (await sakila.SqlAsync($"SET time_zone = '+00:00'; SELECT * FROM sakila.{table};")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            new LandedTable(FolderOf(table)).Reconstruct(keyColumns).Values.Order(StringComparer.Ordinal).ShouldBe(source.Order(StringComparer.Ordinal));
        }

        (await sakila.DoneAsync("replication", "start")).ShouldContain("resume-processing");
        (await sakila.DoneAsync("replication", "verify")).ShouldContain(" in 16 tables, and every one is where it should be, with the values that it should have.");
        var counted = (await sakila.AwsAsync(
            "dms", "describe-table-statistics", "--replication-task-arn", await sakila.TaskArnAsync(), "--query", "[sum(TableStatistics[].Inserts),sum(TableStatistics[].Updates),sum(TableStatistics[].Deletes)]"))
            .Split('\t').Sum(double.Parse);
        counted.ShouldBeGreaterThan(10_000);
    }

    // As kill -9.
    private async Task KillWorkerAsync()
    {
        while (true)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
            {
                if (!IsWorker(folder))
                    continue;
                using var worker = Process.GetProcessById(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture));
                worker.Kill();
                return;
            }

            // There is none while the task recovers.
            (await sakila.TaskAsync("Status")).ShouldBe("running");
        }
    }

    private bool IsWorker(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(Path.Combine("Services", "Dms", "worker", "main.mjs"), StringComparison.Ordinal)
                && File.ReadLines(Path.Combine(folder, "status")).Contains($"PPid:\t{sakila.Cloud.ProcessId}");
        }
        catch (IOException)
        {
            // It has ended since it was listed.
            return false;
        }
    }

    private async Task<string[]> KeysAsync() =>
        (await sakila.AwsAsync("s3api", "list-objects-v2", "--bucket", await sakila.LandingAsync(), "--prefix", "sakila/", "--query", "Contents[].[Key]")).Split('\n');

    private async Task DownloadAsync() => await sakila.AwsAsync("s3", "sync", $"s3://{await sakila.LandingAsync()}/sakila/", _landed, "--delete", "--only-show-errors");

    private string FolderOf(string table) => Path.Combine(_landed, "sakila", table);

    [GeneratedRegex("^sakila/sakila/[a-z_]+/[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{8}-[0-9]{9}[.]csv$")]
    private static partial Regex ChangesName();
}
