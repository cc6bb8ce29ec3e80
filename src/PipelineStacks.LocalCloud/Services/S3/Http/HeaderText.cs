using System.Text;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>Header values as S3 writes them: what is not ASCII, in RFC 2047's way.</summary>
internal static class HeaderText
{
    public static string ToWire(string value) =>
        value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? value
            : $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}?=";

    public static string Date(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    public static string Quoted(string etag) => $"\"{etag}\"";
}
