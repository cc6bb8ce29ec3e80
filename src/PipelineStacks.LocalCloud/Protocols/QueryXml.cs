using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Protocols;

/// <summary>An operation's JSON answer as the Query protocol's XML: lists in <c>member</c>, maps in <c>entry</c>.</summary>
internal static class QueryXml
{
    public static void WriteAnswer(XmlWriter xml, string action, string ns, string requestId, JsonNode? answer)
    {
        xml.WriteStartElement(action + "Response", ns);
        xml.WriteStartElement(action + "Result", ns);
        if (answer is not null)
            WriteContent(xml, ns, answer);
        xml.WriteEndElement();
        xml.WriteStartElement("ResponseMetadata", ns);
        xml.WriteElementString("RequestId", ns, requestId);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public static void WriteError(XmlWriter xml, string ns, string requestId, ServiceException error)
    {
        xml.WriteStartElement("ErrorResponse", ns);
        xml.WriteStartElement("Error", ns);
        xml.WriteElementString("Type", ns, error.Status < 500 ? "Sender" : "Receiver");
        xml.WriteElementString("Code", ns, error.Code);
        xml.WriteElementString("Message", ns, error.Message);
        xml.WriteEndElement();
        xml.WriteElementString("RequestId", ns, requestId);
        xml.WriteEndElement();
    }

    private static void WriteContent(XmlWriter xml, string ns, JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                    if (value is not null)
                        WriteElement(xml, ns, name, value);
                break;
            case JsonArray items:
                foreach (var item in items)
                    if (item is not null)
                        WriteElement(xml, ns, "member", item);
                break;
            default:
                xml.WriteString(Text(node));
                break;
        }
    }

    private static void WriteElement(XmlWriter xml, string ns, string name, JsonNode value)
    {
        xml.WriteStartElement(name, ns);
        WriteContent(xml, ns, value);
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
