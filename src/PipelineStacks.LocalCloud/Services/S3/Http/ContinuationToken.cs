using System.Buffers.Text;
using System.Text;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>A place in a listing as the opaque token that clients hand back.</summary>
internal static class ContinuationToken
{
    public static string Write(ListPosition position) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes((position.IsPrefix ? "p" : "k") + position.Name));

    public static ListPosition Read(string token)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
            if (text.Length > 0 && text[0] is 'p' or 'k')
                return new(text[1..], text[0] == 'p');
        }
        catch (FormatException)
        {
            // Answered like every other token that this cloud did not give out.
        }

        throw S3Errors.InvalidArgument("The continuation token provided is incorrect", "continuation-token", token);
    }
}
