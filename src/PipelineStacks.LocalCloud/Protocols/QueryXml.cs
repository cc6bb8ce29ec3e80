using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>An operation's JSON answer as the Query protocol's XML, in the service's dialect.</summary>
internal static class QueryXml
{
    public static void WriteAnswer(XmlWriter xml, string action, IQueryService service, string requestId, JsonNode? answer)
    {
        var ns = service.XmlNamespace;
        xml.WriteStartElement(action + "Response", ns);
        if (service.IsEc2)
        {
            xml.WriteElementString("requestId", ns, requestId);
            if (answer is not null)
                WriteContent(xml, service, "", answer);
        }
        else
        {
            xml.WriteStartElement(action + "Result", ns);
            if (answer is not null)
                WriteContent(xml, service, "", answer);
            xml.WriteEndElement();
            xml.WriteStartElement("ResponseMetadata", ns);
            xml.WriteElementString("RequestId", ns, requestId);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <param name="service">Null where the request names none that is here.</param>
    public static void WriteError(XmlWriter xml, IQueryService? service, string requestId, ServiceException error)
    {
        if (service?.IsEc2 == true)
        {
            // Without a namespace, as EC2 has it.
            xml.WriteStartElement("Response");
            xml.WriteStartElement("Errors");
            xml.WriteStartElement("Error");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteElementString("RequestID", requestId);
            xml.WriteEndElement();
            return;
        }

        var ns = service?.XmlNamespace ?? "";
        xml.WriteStartElement("ErrorResponse", ns);
        xml.WriteStartElement("Error", ns);
        xml.WriteElementString("Type", ns, error.Status < 500 ? "Sender" : "Receiver");
        xml.WriteElementString("Code", ns, error.Code);
        xml.WriteElementString("Message", ns, error.Message);
        xml.WriteEndElement();
        xml.WriteElementString("RequestId", ns, requestId);
        xml.WriteEndElement();
    }

    private static void WriteContent(XmlWriter xml, IQueryService service, string name, JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (member, value) in members)
                    if (value is not null)
                        WriteElement(xml, service, member, value);
                break;
            case JsonArray items:
                foreach (var item in items)
                    if (item is not null)
                        WriteElement(xml, service, service.ItemName(name), item);
                break;
            default:
                xml.WriteString(Text(node));
                break;
        }
    }

    private static void WriteElement(XmlWriter xml, IQueryService service, string name, JsonNode value)
    {
        xml.WriteStartElement(name, service.XmlNamespace);
        WriteContent(xml, service, name, value);
        xml.WriteEndElement();
    }

    private static string Text(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => node.ToJsonString(),
        _ => Convert.ToString(node.GetValue<string>(), CultureInfo.InvariantCulture)!,
    };
}
