using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.S3;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class ObjectStoreTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    private IObjectStore Store => fixture.Service<IObjectStore>();

    [Fact]
    public async Task Put_File_IsTakenOverAndReadableByClientsAndEngines()
    {
        var bucket = await fixture.NewBucketAsync();
        var file = Path.Combine(fixture.Cloud.DataDirectory, "finished.parquet");
        await File.WriteAllTextAsync(file, "content");

        var stored = await Store.PutFileAsync(fixture.Call(), bucket, "zone/part-1.parquet", file, "application/octet-stream");

        File.Exists(file).ShouldBeFalse();
        stored.File.ShouldEndWith(".parquet");
        (await File.ReadAllTextAsync(stored.File)).ShouldBe("content");
        stored.ETag.ShouldBe("9a0364b9e99bb480dd25e1f0284c8555");
        using var got = await fixture.S3.GetObjectAsync(bucket, "zone/part-1.parquet");
        using var reader = new StreamReader(got.ResponseStream);
        (await reader.ReadToEndAsync()).ShouldBe("content");
    }

    [Fact]
    public async Task List_Prefix_IsInTheOrderOfUtf8AndWithoutWhatIsDeleted()
    {
        var bucket = await fixture.NewBucketAsync();
        foreach (var key in (string[])["p/\U0001F600", "p/\uFB01", "p/b", "p/a", "q", "o"])
            await Store.PutAsync(fixture.Call(), bucket, key, "x"u8.ToArray(), "text/plain", "gzip");
        Store.Delete(fixture.Call(), bucket, "p/b");

        var listed = Store.List(fixture.Call(), bucket, "p/");

        listed.Select(one => one.Key).ShouldBe(["p/a", "p/\uFB01", "p/\U0001F600"]);
        listed[0].ContentEncoding.ShouldBe("gzip");
        listed[0].Size.ShouldBe(1);
    }

    [Fact]
    public async Task Get_MissingObjectOrBucket_IsTheErrorThatClientsGet()
    {
        var bucket = await fixture.NewBucketAsync();

        Should.Throw<ServiceException>(() => Store.Get(fixture.Call(), bucket, "no")).Code.ShouldBe("NoSuchKey");
        Should.Throw<ServiceException>(() => Store.List(fixture.Call(), "no-such-bucket", "")).Code.ShouldBe("NoSuchBucket");
    }
}
