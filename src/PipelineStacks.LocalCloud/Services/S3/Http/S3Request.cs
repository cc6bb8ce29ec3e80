using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>A request with what S3 reads from it first: the bucket and the key, from the path or the host.</summary>
internal sealed class S3Request(Call call, HttpContext http, string bucket, string key)
{
    private const int MaxXmlBytes = 4 * 1024 * 1024;

    public Call Call => call;

    public HttpContext Http => http;

    public HttpResponse Response => http.Response;

    /// <summary>Empty where the request is to the service.</summary>
    public string Bucket => bucket;

    /// <summary>Empty where the request is to the bucket.</summary>
    public string Key => key;

    public string Method => http.Request.Method;

    public string BucketArn => Buckets.ArnOf(bucket);

    public string ObjectArn => $"{BucketArn}/{key}";

    public string? ExpectedOwner => Header("x-amz-expected-bucket-owner");

    public string? Header(string name) => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>A number in the query.</summary>
    public int? Number(string name, int least, int most) =>
        Query(name) is not { Length: > 0 } text ? null
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number
        : throw S3Errors.InvalidArgument($"Argument {name} must be an integer between {least} and {most}", name, text);

    /// <summary>The body as XML, its elements without their namespace.</summary>
    /// <param name="root">What the root element must be called.</param>
    /// <param name="checksumOfBody">Whether a checksum in the headers is the body's; it may be that of an object.</param>
    public async Task<XElement> ReadXmlAsync(string root, bool checksumOfBody = true)
    {
        var bytes = await ReadBytesAsync(checksumOfBody);
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = false });
            var xml = XElement.Load(reader);
            foreach (var element in xml.DescendantsAndSelf())
            {
                element.Name = element.Name.LocalName;
                element.ReplaceAttributes(element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).ToArray());
            }

            return xml.Name == root ? xml : throw S3Errors.MalformedXml();
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml();
        }
    }

    public async Task<string> ReadTextAsync() => Encoding.UTF8.GetString(await ReadBytesAsync(checksumOfBody: true));

    public void SetHeader(string name, string? value)
    {
        if (value is not null)
            Response.Headers[name] = HeaderText.ToWire(value);
    }

    /// <summary>An answer of headers only.</summary>
    public void Answer(int status)
    {
        Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
            Response.ContentLength = 0;
    }

    private async Task<byte[]> ReadBytesAsync(bool checksumOfBody)
    {
        using var buffer = new MemoryStream();
        var body = RequestContent.BodyOf(this);
        var chunk = new byte[16 * 1024];
        while (await body.ReadAsync(chunk, http.RequestAborted) is var read and > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxXmlBytes)
                throw new S3Exception("MaxMessageLengthExceeded", "Your request was too large.", 400,
                    ("MaxMessageLengthBytes", $"{MaxXmlBytes}"));
        }

        var bytes = buffer.ToArray();
        RequestContent.CheckDigests(this, bytes, checksumOfBody);
        return bytes;
    }
}
