using System.IO.Compression;
using System.Net;
using System.Text;

namespace PipelineStacks.LocalCloud.Tests.Protocols;

public sealed class RefusalTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    [Theory]
    [InlineData("TrentService.DescribeKey", """{"KeyId":"k","Colour":"red"}""",
        "SerializationException: Colour of KMS DescribeKey is not supported by the local cloud.")]
    [InlineData("TrentService.TagResource", """{"KeyId":"k","Tags":[{"TagKey":"a","TagValue":"b","Colour":"red"}]}""",
        "SerializationException: Tags[0].Colour of KMS TagResource is not supported by the local cloud.")]
    [InlineData("TrentService.DescribeKey", "{}", "SerializationException: KMS DescribeKey needs KeyId.")]
    [InlineData("Logs_20140328.PutLogEvents", "{}",
        "SerializationException: CloudWatch Logs PutLogEvents needs logGroupName, logStreamName, logEvents.")]
    [InlineData("TrentService.ListKeys", """{"Limit":"many"}""",
        "SerializationException: KMS ListKeys: the value of Limit is of the wrong type or malformed.")]
    [InlineData("AWSEvents.PutEvents", """{"Entries":[{"Time":"yesterday"}]}""",
        "SerializationException: EventBridge PutEvents: the value of Entries[0].Time is of the wrong type or malformed.")]
    [InlineData("TrentService.ListKeys", "null", "SerializationException: The request of KMS ListKeys is null.")]
    [InlineData("TrentService.Sign", "{}", "NotImplementedByLocalCloud: The operation Sign of KMS is not supported by the local cloud.")]
    [InlineData("AmazonSQS.SendMessage", "{}", "NotImplementedByLocalCloud: The service of AmazonSQS.SendMessage is not supported by the local cloud.")]
    [InlineData("Nonsense", "{}", "NotImplementedByLocalCloud: The service of Nonsense is not supported by the local cloud.")]
    public async Task JsonRequest_ThatIsNotSupported_IsRefusedByName(string target, string request, string error) =>
        (await cloud.JsonErrorAsync(target, request)).ShouldBe(error);

    [Fact]
    public async Task JsonRequest_ThatIsNoJson_IsRefused() =>
        (await cloud.JsonErrorAsync("TrentService.ListKeys", "{")).ShouldStartWith("SerializationException: KMS ListKeys: ");

    [Theory]
    [InlineData("iam", "CreateUser", "NotImplementedByLocalCloud: The operation CreateUser of IAM is not supported by the local cloud.")]
    [InlineData("elasticache", "DescribeCacheClusters", "NotImplementedByLocalCloud: The service elasticache is not supported by the local cloud.")]
    [InlineData("iam", "GetRole", "SerializationException: IAM GetRole needs RoleName.")]
    public async Task QueryRequest_ThatIsNotSupported_IsRefusedByName(string service, string action, string error) =>
        (await cloud.QueryErrorAsync(service, action)).ShouldBe(error);

    [Fact]
    public async Task QueryRequest_WithoutAction_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Host.Endpoint) { Content = new FormUrlEncodedContent([KeyValuePair.Create("A", "1")]) };
        using var response = await TestCloud.SendAsync(request, "iam");
        (await response.Content.ReadAsStringAsync()).ShouldContain("<Code>MissingAction</Code>");
    }

    [Fact]
    public async Task Query_AsGet_IsAnswered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cloud.Host.Endpoint, "/?Action=ListRoles&Version=2010-05-08"));
        using var response = await TestCloud.SendAsync(request, "iam");
        (await response.Content.ReadAsStringAsync()).ShouldContain("<ListRolesResult>");
    }

    [Fact]
    public async Task Cbor_IsRefusedWithWhatToDo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Host.Endpoint) { Content = new ByteArrayContent([0xA0]) };
        request.Headers.Add("X-Amz-Target", "Kinesis_20131202.ListStreams");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-cbor-1.1");
        using var response = await TestCloud.SendAsync(request, "kinesis");
        response.StatusCode.ShouldBe(HttpStatusCode.NotImplemented);
        (await response.Content.ReadAsStringAsync()).ShouldContain("CBOR (set AWS_CBOR_DISABLE=true to send JSON); it is not supported by the local cloud.");
    }

    [Fact]
    public async Task CompressedRequest_IsRead()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("""{"Limit":1}"""));
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Host.Endpoint) { Content = new ByteArrayContent(packed.ToArray()) };
        request.Headers.Add("X-Amz-Target", "TrentService.ListKeys");
        request.Content.Headers.Add("Content-Encoding", "gzip");
        using var response = await TestCloud.SendAsync(request, "kms");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/_local/health", HttpStatusCode.OK, """{"status":"ready"}""")]
    [InlineData("POST", "/_local/clock/advance?seconds=0", HttpStatusCode.OK, """{"now":"2026-11-20T09:00:00+00:00"}""")]
    [InlineData("POST", "/_local/clock/advance?seconds=-1", HttpStatusCode.BadRequest, """{"message":"seconds=-1: give a number of seconds from 0 to ten years."}""")]
    [InlineData("GET", "/_local/clock/advance?seconds=1", HttpStatusCode.NotFound, """{"message":"GET /_local/health, or with --virtual-time POST /_local/clock/advance?seconds=N"}""")]
    public async Task Control_Answers(string method, string path, HttpStatusCode status, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(cloud.Host.Endpoint, path));
        using var response = await TestCloud.SendAsync(request, null);
        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldBe(body);
    }
}
