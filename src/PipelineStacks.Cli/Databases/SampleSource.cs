namespace PipelineStacks.Cli.Databases;

/// <summary>Finds the sample database: the official one where it can be had, else a generated one.</summary>
internal sealed class SampleSource(CliContext context, Func<Uri, CancellationToken, Task<byte[]>> download)
{
    public const string SchemaFile = "sakila-schema.sql";
    public const string DataFile = "sakila-data.sql";

    // Beside the checkout, where several checkouts can share it.
    private static readonly string Shared = Path.Combine("..", "shared", "data", "sakila");

    /// <param name="folder">A folder with the official files, or null to look for one.</param>
    /// <param name="seed">Generates a database from this instead of looking for the official one.</param>
    public async Task<SampleDatabase> FindAsync(string? folder, ulong? seed, CancellationToken cancel)
    {
        if (seed is { } given)
            return Generate(given);
        if (folder is not null)
            return Read(context.PathOf(folder));
        if (Project.FindRoot(context.Folder) is { } root && Path.GetFullPath(Shared, root) is var shared && File.Exists(Path.Combine(shared, SchemaFile)))
            return Read(shared);
        try
        {
            return await SakilaArchive.ReadAsync(await download(SakilaArchive.Address, cancel));
        }
        catch (Exception error) when (error is HttpRequestException or InvalidDataException || (error is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            context.Terminal.Say($"The official Sakila can't be had from {SakilaArchive.Address}: {Reason(error)}. A generated database takes its place; --sakila gives a folder with the official one.");
            return Generate(SakilaGenerator.DefaultSeed);
        }
    }

    /// <summary>Gets a file of the web, and gives up soon: where there is no way out nothing answers.</summary>
    public static async Task<byte[]> DownloadAsync(Uri address, CancellationToken cancel)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        return await http.GetByteArrayAsync(address, cancel);
    }

    private static SampleDatabase Generate(ulong seed) => new SakilaGenerator(seed).Generate();

    private static SampleDatabase Read(string folder)
    {
        try
        {
            return SampleDatabase.Official($"Sakila in {folder}", File.ReadAllText(Path.Combine(folder, SchemaFile)), File.ReadAllText(Path.Combine(folder, DataFile)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"Sakila can't be read from {folder}: {error.Message} The folder must hold {SchemaFile} and {DataFile}.");
        }
    }

    private static string Reason(Exception error) => error is TaskCanceledException ? "nothing answered in time" : error.Message.TrimEnd('.');
}
