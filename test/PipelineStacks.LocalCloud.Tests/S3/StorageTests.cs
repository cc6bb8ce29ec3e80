using Microsoft.Extensions.Logging.Abstractions;
using PipelineStacks.LocalCloud.Clock;
using PipelineStacks.LocalCloud.Services.S3.Storage;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class StorageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("s3-storage-").FullName;
    private readonly VirtualClock _clock = new(new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero), NullLogger<VirtualClock>.Instance);

    private string JournalPath => Path.Combine(_folder, "journal");

    public void Dispose()
    {
        _clock.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Storage_Reopened_HoldsWhatWasCommitted()
    {
        using (var storage = Open())
        {
            Put(storage, "a", "1");
            Put(storage, "b", "2");
            Put(storage, "a", "3");
            storage.TryCommit(_ => new() { Begin = new("u", new() { Key = "big" }, _clock.GetUtcNow(), null, null) });
            storage.TryCommit(_ =>
                new() { PartOf = "u", Part = new(1, Write(storage, "big", "part").File, 4, "e", _clock.GetUtcNow(), null) });
            storage.TryCommit(_ => new() { Remove = new("b", ObjectVersion.NullVersion) });
        }

        using var reopened = Open();

        reopened.Contents.Objects.All.Select(entry => entry.Key).ShouldBe(["a"]);
        Read(reopened, "a").ShouldBe("3");
        reopened.Contents.Uploads["u"].Parts[1].Size.ShouldBe(4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    public void Storage_LastLineTorn_LosesOnlyThatLineAndGoesOn(int cut)
    {
        using (var storage = Open())
        {
            Put(storage, "a", "1");
            Put(storage, "b", "2");
        }

        using (var journal = new FileStream(JournalPath, FileMode.Open))
            journal.SetLength(journal.Length - cut);

        using (var torn = Open())
        {
            torn.Contents.Objects.All.Select(entry => entry.Key).ShouldBe(["a"]);
            Put(torn, "c", "3");
        }

        using var reopened = Open();
        reopened.Contents.Objects.All.Select(entry => entry.Key).ShouldBe(["a", "c"]);
    }

    [Fact]
    public void Storage_LineDamagedInTheMiddle_IsRefusedNotSkipped()
    {
        using (var storage = Open())
        {
            Put(storage, "a", "1");
            Put(storage, "b", "2");
        }

        var bytes = File.ReadAllBytes(JournalPath);
        bytes[20] ^= 1;
        File.WriteAllBytes(JournalPath, bytes);

        Should.Throw<InvalidDataException>(Open).Message.ShouldContain("damaged at byte 0");
    }

    [Fact]
    public void Storage_FileWrittenAndNotCommitted_IsRemovedWhenReopened()
    {
        string orphan;
        using (var storage = Open())
        {
            Put(storage, "a", "1");
            orphan = storage.PathOf(Write(storage, "b", "lost").File);
            File.Exists(orphan).ShouldBeTrue();
        }

        using var reopened = Open();

        File.Exists(orphan).ShouldBeFalse();
        Read(reopened, "a").ShouldBe("1");
    }

    [Fact]
    public async Task Storage_ObjectReplaced_KeepsTheOldFileForItsReadersAWhile()
    {
        using var storage = Open();
        Put(storage, "a", "1");
        var old = storage.PathOf(storage.Contents.Objects.Find("a")!.Current!.File!);
        Put(storage, "a", "2");

        File.Exists(old).ShouldBeTrue();
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(5));
        File.Exists(old).ShouldBeFalse();
        Read(storage, "a").ShouldBe("2");
    }

    [Fact]
    public void Storage_ManyChangesOfFewObjects_KeepsTheJournalShort()
    {
        using var storage = Open();
        var big = new ObjectVersion { Key = "a", Headers = new Dictionary<string, string> { ["x"] = new('y', 50_000) } };
        for (var i = 0; i < 1000; i++)
            storage.TryCommit(_ => new() { Put = big with { Size = i } });

        new FileInfo(JournalPath).Length.ShouldBeLessThan(20_000_000);
        storage.Dispose();
        using var reopened = Open();
        reopened.Contents.Objects.Find("a")!.Current!.Size.ShouldBe(999);
    }

    private BucketStorage Open() => new(_folder, new FileReaper(_clock));

    private static WrittenContent Write(BucketStorage storage, string key, string text)
    {
        using var writer = new ContentWriter(storage, key);
        writer.Append(System.Text.Encoding.UTF8.GetBytes(text));
        return writer.Finish();
    }

    private static void Put(BucketStorage storage, string key, string text)
    {
        var content = Write(storage, key, text);
        storage.TryCommit(_ => new() { Put = new() { Key = key, File = content.File, Size = content.Size, ETag = content.ETag } })
            .ShouldBeTrue();
    }

    private static string Read(BucketStorage storage, string key) =>
        File.ReadAllText(storage.PathOf(storage.Contents.Objects.Find(key)!.Current!.File!));
}
