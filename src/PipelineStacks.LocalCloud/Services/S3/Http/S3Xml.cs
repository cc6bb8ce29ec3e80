using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Services.S3.Http;

/// <summary>S3's answers in XML.</summary>
internal static class S3Xml
{
    public const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static Task WriteAsync(HttpResponse response, string root, Action<XmlWriter> content) => SendAsync(response, 200, xml =>
    {
        xml.WriteStartElement(root, Namespace);
        content(xml);
        xml.WriteEndElement();
    });

    public static Task WriteAsync(HttpResponse response, XElement answer) => SendAsync(response, 200, xml => Write(xml, answer));

    public static async Task WriteErrorAsync(S3Request request, ServiceException error)
    {
        var response = request.Response;
        response.Clear();
        SetIds(request);
        foreach (var (name, value) in (error as S3Exception)?.Headers ?? [])
            response.Headers[name] = value;
        // A client that waits to be told to go on keeps its content to itself now; what it sends next must not be taken for it.
        if (request.Header("Expect") is not null)
            response.Headers.Connection = "close";
        if (HttpMethods.IsHead(request.Method) || error.Status == StatusCodes.Status304NotModified)
        {
            response.StatusCode = error.Status;
            return;
        }

        await SendAsync(response, error.Status, xml =>
        {
            xml.WriteStartElement("Error");
            Element(xml, "Code", CodeOf(error));
            Element(xml, "Message", error.Message);
            foreach (var (name, value) in (error as S3Exception)?.Details ?? [])
                Element(xml, name, value);
            Element(xml, "Resource", $"/{request.Bucket}{(request.Key.Length > 0 ? "/" + request.Key : "")}");
            Element(xml, "RequestId", request.Call.RequestId);
            Element(xml, "HostId", request.Call.RequestId);
            xml.WriteEndElement();
        });
    }

    public static void SetIds(S3Request request)
    {
        request.Response.Headers["x-amz-request-id"] = request.Call.RequestId;
        request.Response.Headers["x-amz-id-2"] = request.Call.RequestId;
    }

    public static void Element(XmlWriter xml, string name, string? value)
    {
        if (value is null)
            return;
        xml.WriteStartElement(name, xml.LookupPrefix(Namespace) is null ? "" : Namespace);
        xml.WriteString(value);
        xml.WriteEndElement();
    }

    public static void Element(XmlWriter xml, string name, bool value) => Element(xml, name, value ? "true" : "false");

    public static void Element(XmlWriter xml, string name, long value) =>
        Element(xml, name, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static void Element(XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name, Namespace);
        content();
        xml.WriteEndElement();
    }

    public static void Checksum(XmlWriter xml, Storage.Checksum? checksum)
    {
        if (checksum is null)
            return;
        Element(xml, "Checksum" + checksum.Algorithm, checksum.Value);
        Element(xml, "ChecksumType", checksum.Type);
    }

    public static void Owner(XmlWriter xml, string name, string account) => Element(xml, name, () =>
    {
        Element(xml, "ID", CanonicalId(account));
        Element(xml, "DisplayName", account);
    });

    /// <summary>S3's own name of an account: 64 hexadecimal digits.</summary>
    public static string CanonicalId(string account) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(account)));

    // The shared authoriser speaks as the JSON services do.
    private static string CodeOf(ServiceException error) => error.Code switch
    {
        "AccessDeniedException" => "AccessDenied",
        "NotImplementedByLocalCloud" => "NotImplemented",
        var code => code,
    };

    private static void Write(XmlWriter xml, XElement element)
    {
        xml.WriteStartElement(element.Name.LocalName, Namespace);
        if (element.HasElements)
            foreach (var child in element.Elements())
                Write(xml, child);
        else if (element.Value.Length > 0)
            xml.WriteString(element.Value);
        xml.WriteEndElement();
    }

    private static async Task SendAsync(HttpResponse response, int status, Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
            write(xml);
        response.StatusCode = status;
        response.ContentType = "application/xml";
        response.ContentLength = buffer.Length;
        await response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }
}
