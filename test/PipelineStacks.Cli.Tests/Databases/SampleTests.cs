using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PipelineStacks.Cli.Databases;
using PipelineStacks.Cli.Output;

namespace PipelineStacks.Cli.Tests.Databases;

public sealed partial class SampleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sample-").FullName;
    private readonly StringWriter _said = new();

    [Fact]
    public void Generated_WithTheSameSeed_IsTheSame()
    {
        var first = new SakilaGenerator(7).Generate();
        new SakilaGenerator(7).Generate().ShouldBe(first);
        new SakilaGenerator(8).Generate().Data.ShouldNotBe(first.Data);
    }

    [Fact]
    public void Generated_Always_HasSakilasRows()
    {
        var rows = Insert().Matches(new SakilaGenerator(SakilaGenerator.DefaultSeed).Generate().Data)
            .GroupBy(match => match.Groups[1].Value, match => match.Groups[2].Value.Split(",\n").Length)
            .ToDictionary(table => table.Key, table => table.Sum());
        // A trigger fills it.
        rows["film_text"] = rows["film"];
        rows.ShouldBe(SampleDatabase.Rows, ignoreOrder: true);
        rows.Values.Sum().ShouldBe(47_273);
    }

    [Fact]
    public void Official_CommentedForMySql5_IsForMariaDbToo() => SampleDatabase.Official(
        "", "a INT, /*!50705 location GEOMETRY */ /*!80003 SRID 0 */ /*!50705 NOT NULL,*/ b INT", "(1,/*!50705 0x00AF,*/'x')")
        .ShouldBe(new SampleDatabase("", "a INT,  location GEOMETRY  /*!80003 SRID 0 */  NOT NULL, b INT", "(1, 0x00AF,'x')"));

    [Fact]
    public async Task Folder_ThatIsGiven_IsRead()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, SampleSource.SchemaFile), "CREATE TABLE t (a int);");
        await File.WriteAllTextAsync(Path.Combine(_folder, SampleSource.DataFile), "INSERT INTO t VALUES (1);");
        var sample = await Source((_, _) => throw new InvalidOperationException("no download was needed")).FindAsync(_folder, null, default);
        (sample.Schema, sample.Data).ShouldBe(("CREATE TABLE t (a int);", "INSERT INTO t VALUES (1);"));
    }

    [Fact]
    public async Task Folder_WithoutTheFiles_IsSaidWithWhatItMustHold()
    {
        var error = await Should.ThrowAsync<UserError>(() => Source((_, _) => throw new InvalidOperationException("no download was needed")).FindAsync(_folder, null, default));
        error.Message.ShouldStartWith($"Sakila can't be read from {_folder}: ");
        error.Message.ShouldEndWith("The folder must hold sakila-schema.sql and sakila-data.sql.");
    }

    [Fact]
    public async Task Download_OfAnotherFile_IsRefused()
    {
        var error = await Should.ThrowAsync<InvalidDataException>(() => SakilaArchive.ReadAsync([1, 2, 3]));
        error.Message.ShouldStartWith("its checksum is 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81, and ad246d78");
    }

    [Fact]
    public async Task Download_OfTheKnownFile_IsRead()
    {
        var archive = await ArchiveAsync(("sakila-db/sakila-data.sql", "INSERT INTO t VALUES (1);"), ("sakila-db/sakila.mwb", "?"), ("sakila-db/sakila-schema.sql", "CREATE TABLE t (a int);"));
        var sample = await SakilaArchive.ReadAsync(archive, Convert.ToHexStringLower(SHA256.HashData(archive)));
        (sample.Schema, sample.Data).ShouldBe(("CREATE TABLE t (a int);", "INSERT INTO t VALUES (1);"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private SampleSource Source(Func<Uri, CancellationToken, Task<byte[]>> download) =>
        new(new CliContext(new Terminal(TextWriter.Null, _said, false, false), TimeProvider.System, _ => null, _folder), download);

    private static async Task<byte[]> ArchiveAsync(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        await using (var zipped = new GZipStream(bytes, CompressionMode.Compress, leaveOpen: true))
        await using (var tar = new TarWriter(zipped))
        {
            foreach (var (name, text) in files)
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }

        return bytes.ToArray();
    }

    [GeneratedRegex(@"^INSERT INTO (\w+) VALUES\n((?s:.*?));$", RegexOptions.Multiline)]
    private static partial Regex Insert();
}
