using System.Text;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>Keys in a listing as the client wants them: plain, or URL-encoded since XML can't hold every character.</summary>
internal sealed class KeyText
{
    public KeyText(S3Request request)
    {
        var encoding = request.Query("encoding-type");
        if (encoding is not (null or "" or "url"))
            throw S3Errors.InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encoding);
        Encoded = encoding == "url";
    }

    public bool Encoded { get; }

    public string Of(string key) => !Encoded
        ? key
        : new StringBuilder(Uri.EscapeDataString(key)).Replace("%2F", "/").Replace("%2A", "*").ToString();
}
