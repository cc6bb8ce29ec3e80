using System.Text.Json;

namespace PipelineStacks.LocalCloud.Services.Firehose.Delivery;

/// <summary>
/// Which objects a sealed spool becomes, decided once and saved beside it before the first of them is written: whoever delivers
/// the spool again, after a failure or a kill, writes the same keys again and doubles nothing.
/// </summary>
internal sealed record DeliveryIntent(string Key, string ErrorKey, DateTimeOffset Since)
{
    public const string Extension = ".delivery";

    /// <summary>The intent of a spool; null before its first delivery.</summary>
    public static DeliveryIntent? Load(SpoolFile spool) =>
        File.Exists(FileOf(spool.Path)) ? JsonSerializer.Deserialize<DeliveryIntent>(File.ReadAllBytes(FileOf(spool.Path))) : null;

    public void Save(SpoolFile spool)
    {
        var file = FileOf(spool.Path);
        File.WriteAllBytes(file + ".next", JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(file + ".next", file, overwrite: true);
    }

    /// <summary>To be called after the spool is gone: a spool without its intent would be delivered anew.</summary>
    public static void Forget(string spool) => File.Delete(FileOf(spool));

    private static string FileOf(string spool) => Path.ChangeExtension(spool, Extension);
}
