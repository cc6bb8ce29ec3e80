using System.IO.Compression;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Services.S3;
using PipelineStacks.LocalCloud.State;

namespace PipelineStacks.LocalCloud.Services.Dms.Replication;

/// <summary>The target bucket, as the endpoint's role.</summary>
internal sealed class TargetStore(IObjectStore store, Callers callers, ParquetFiles parquet, TargetFormat format, ResourceKey task, string session)
{
    public TargetFormat Format => format;

    private string Bucket => format.Settings.BucketName!;

    private Call Call => callers.ForRole(format.Settings.ServiceAccessRoleArn!, task.Region, session);

    /// <exception cref="ServiceException">The bucket is missing, another account's, or not for the role.</exception>
    public void Check()
    {
        if (format.Settings.ExpectedBucketOwner is { } owner && owner != task.Account)
            throw new ServiceException("AccessDenied", $"The bucket {Bucket} does not belong to the expected owner {owner}", 403);
        store.List(Call, Bucket, format.Settings.BucketFolder ?? "");
    }

    /// <summary>Makes a file of rows an object; the file is gone afterwards.</summary>
    public async ValueTask PutAsync(string rows, string key, JsonObject definition, bool op)
    {
        if (!format.Parquet && !format.Gzip)
        {
            await store.PutFileAsync(Call, Bucket, key, rows, "text/csv");
            return;
        }

        var made = rows + ".made";
        if (format.Parquet)
            parquet.Convert(rows, made, definition, format, op);
        else
            await CompressAsync(rows, made);
        await store.PutFileAsync(Call, Bucket, key, made, format.Parquet ? "application/octet-stream" : "application/gzip");
        File.Delete(rows);
    }

    public void Delete(string key) => store.Delete(Call, Bucket, key);

    public void DeleteUnder(string folder)
    {
        foreach (var found in store.List(Call, Bucket, folder))
            store.Delete(Call, Bucket, found.Key);
    }

    private static async Task CompressAsync(string from, string to)
    {
        await using var source = File.OpenRead(from);
        await using var target = new GZipStream(File.Create(to), CompressionLevel.Fastest);
        await source.CopyToAsync(target);
    }
}
