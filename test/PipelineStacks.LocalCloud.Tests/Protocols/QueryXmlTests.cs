using System.Text.Json.Nodes;
using System.Xml;
using PipelineStacks.LocalCloud.Calls;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Tests.Protocols;

public sealed class QueryXmlTests
{
    [Theory]
    [InlineData("""{"A":"1 < 2 & \"3\""}""", "<A>1 &lt; 2 &amp; \"3\"</A>")]
    [InlineData("""{"A":true,"B":1.5,"C":null}""", "<A>true</A><B>1.5</B>")]
    [InlineData("""{"L":["a",{"K":"v"}]}""", "<L><member>a</member><member><K>v</K></member></L>")]
    [InlineData("""{"L":[]}""", "<L />")]
    [InlineData("""{"A":"line\nnext"}""", "<A>line\nnext</A>")]
    public void Answer_OfEveryShape_IsEscapedXml(string json, string xml) =>
        Write(writer => QueryXml.WriteAnswer(writer, "Do", new Service(), "id-1", JsonNode.Parse(json))).ShouldBe(
            $"<DoResponse xmlns=\"urn:x\"><DoResult>{xml}</DoResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></DoResponse>");

    [Theory]
    [InlineData(400, "Sender")]
    [InlineData(503, "Receiver")]
    public void Error_OfClientOrService_SaysWhose(int status, string type) =>
        Write(writer => QueryXml.WriteError(writer, new Service(), "id-1", new ServiceException("NoSuch<Thing>", "a & b", status))).ShouldBe(
            $"<ErrorResponse xmlns=\"urn:x\"><Error><Type>{type}</Type><Code>NoSuch&lt;Thing&gt;</Code><Message>a &amp; b</Message></Error><RequestId>id-1</RequestId></ErrorResponse>");

    [Fact]
    public void Answer_InEc2sDialect_HasNoResultAndItemsOfItsOwn()
    {
        var ec2 = new Service { IsEc2 = true, Item = "item" };
        Write(writer => QueryXml.WriteAnswer(writer, "Do", ec2, "id-1", JsonNode.Parse("""{"set":["a"]}"""))).ShouldBe(
            "<DoResponse xmlns=\"urn:x\"><requestId>id-1</requestId><set><item>a</item></set></DoResponse>");
        Write(writer => QueryXml.WriteError(writer, ec2, "id-1", new ServiceException("No", "why"))).ShouldBe(
            "<Response><Errors><Error><Code>No</Code><Message>why</Message></Error></Errors><RequestID>id-1</RequestID></Response>");
    }

    private static string Write(Action<XmlWriter> write)
    {
        using var text = new StringWriter();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None }))
            write(xml);
        return text.ToString();
    }

    private sealed class Service : IQueryService
    {
        public string SigningName => "x";

        public string XmlNamespace => "urn:x";

        public bool IsEc2 { get; init; }

        public string Item { get; init; } = "member";

        public OperationTable Operations { get; } = new("X");

        public string ItemName(string list) => Item;
    }
}
