using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime.Internal.Transform;
using PipelineStacks.Aws.Calling;

namespace PipelineStacks.Aws;

/// <summary>Calls a service that speaks AWS Query: a form in, XML out.</summary>
internal sealed class AwsQueryClient(ServiceDescription service, AwsSettings settings) : ServiceClient(service, settings, ReadError)
{
    /// <summary>Sends one call and returns the <c>…Result</c> element, its namespace removed.</summary>
    public async Task<XElement> CallAsync(string operation, IEnumerable<(string Name, string? Value)> parameters, CancellationToken cancel)
    {
        var form = new StringBuilder("Action=").Append(operation).Append("&Version=").Append(Service.ApiVersion);
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
                form.Append(CultureInfo.InvariantCulture, $"&{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
        }

        var body = Encoding.ASCII.GetBytes(form.ToString());
        var answer = Read(await SendAsync(new RawRequest(operation, body, "application/x-www-form-urlencoded; charset=utf-8", null), cancel));
        return answer.Element(operation + "Result") ?? answer;
    }

    private static XElement Read(byte[] body)
    {
        var root = XDocument.Load(new MemoryStream(body)).Root!;
        foreach (var element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root;
    }

    private static (string Code, string Message) ReadError(byte[] body, IWebResponseData response)
    {
        try
        {
            if (Read(body).DescendantsAndSelf("Error").FirstOrDefault() is { } error)
                return ((string?)error.Element("Code") ?? "Unknown", (string?)error.Element("Message") ?? "no message");
        }
        catch (XmlException)
        {
            // A proxy or a load balancer answers in HTML, the router of the local cloud in JSON: the text says more than the parser.
            return ($"HTTP {(int)response.StatusCode}", Encoding.UTF8.GetString(body));
        }

        return ($"HTTP {(int)response.StatusCode}", $"the endpoint answered with HTTP status {(int)response.StatusCode}");
    }
}
