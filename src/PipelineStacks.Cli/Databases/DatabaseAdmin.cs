using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineStacks.Aws;
using PipelineStacks.Model;

namespace PipelineStacks.Cli.Databases;

/// <summary>
/// The function that stands in the database's network and does there what nobody else can reach: it prepares the database for replication, runs SQL
/// that lies in the landing zone, and counts rows.
/// </summary>
internal sealed class DatabaseAdmin(AwsClients aws, string functionName, string bucket)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <exception cref="UserError">It is not deployed.</exception>
    public static async Task<DatabaseAdmin> OfAsync(DeployedEnvironment environment, AwsClients aws, CancellationToken cancel) => new(
        aws,
        await environment.OutputAsync(environment.Names.SourceDatabaseStack, Names.DatabaseAdminOutput, cancel),
        await environment.OutputAsync(environment.Names.StorageStack, Names.BucketOutput(ZoneName.Landing), cancel));

    /// <summary>Sets the binary log's retention, creates the user of DMS with its grants, and says what it did.</summary>
    public Task<JsonElement> PrepareAsync(CancellationToken cancel) => CallAsync<JsonElement>(new Request("prepare"), cancel);

    /// <summary>The rows of every replicated table, by schema and table; null for one that isn't there.</summary>
    public async Task<IReadOnlyDictionary<string, long?>> CountsAsync(CancellationToken cancel) => (await CallAsync<Counts>(new Request("counts"), cancel)).Rows;

    /// <summary>Rows and checksum of tables, by schema and table; null for one that isn't there.</summary>
    /// <param name="nullText">The text that counts as no value.</param>
    /// <param name="largeObjectBytes">After how many bytes large objects are cut; 0 for never.</param>
    public async Task<IReadOnlyDictionary<string, TableChecksum?>> ChecksumsAsync(
        IReadOnlyList<ChecksumTable> tables, string? nullText, int largeObjectBytes, CancellationToken cancel) =>
        (await CallAsync<Checksums>(new Request("checksums") { Tables = tables, NullText = nullText, LargeObjectBytes = largeObjectBytes }, cancel)).Tables;

    /// <summary>Runs scripts in one session, and counts after it. They lie in the landing zone for as long as that takes.</summary>
    public async Task<IReadOnlyDictionary<string, long?>> ExecuteAsync(IReadOnlyList<(string Name, string Sql)> scripts, CancellationToken cancel)
    {
        var keys = scripts.Select(script => Names.SeedPrefix + script.Name).ToList();
        foreach (var (key, sql) in keys.Zip(scripts.Select(script => script.Sql)))
            await aws.S3.PutAsync(bucket, key, sql, cancel);
        try
        {
            // It is forced: whether anything may be overwritten has been decided here.
            return (await CallAsync<Counts>(new Request("seed") { Force = true, Files = keys }, cancel)).Rows;
        }
        finally
        {
            foreach (var key in keys)
                await aws.S3.DeleteAsync(bucket, key, CancellationToken.None);
        }
    }

    private async Task<T> CallAsync<T>(Request request, CancellationToken cancel) =>
        JsonSerializer.Deserialize<T>(await aws.Lambda.InvokeAsync(functionName, JsonSerializer.SerializeToUtf8Bytes(request, Json), cancel), Json)!;

    private sealed record Request(string Action)
    {
        public bool? Force { get; init; }

        public IReadOnlyList<string>? Files { get; init; }

        public IReadOnlyList<ChecksumTable>? Tables { get; init; }

        public string? NullText { get; init; }

        public int? LargeObjectBytes { get; init; }
    }

    private sealed record Counts(IReadOnlyDictionary<string, long?> Rows);

    private sealed record Checksums(IReadOnlyDictionary<string, TableChecksum?> Tables);
}

/// <summary>A table and the columns that its checksum is over.</summary>
internal sealed record ChecksumTable(string Schema, string Name, IReadOnlyList<ChecksumColumn> Columns);

/// <param name="Kind">The rule for the text of its values.</param>
internal sealed record ChecksumColumn(string Name, string Kind, bool LargeObject);

/// <param name="Checksum">The sum of the rows' hashes.</param>
internal sealed record TableChecksum(long Rows, string Checksum);
