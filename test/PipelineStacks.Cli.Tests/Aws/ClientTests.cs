using System.Text;
using System.Text.Json;
using PipelineStacks.Aws;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Aws.Kinesis;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests.Aws;

public sealed class ClientTests
{
    [Fact]
    public async Task PutRecords_Sent_IsSignedJsonWithEveryRecord()
    {
        using var service = new FakeService((200, """{"FailedRecordCount":0,"Records":[]}""", null));
        using var aws = Clients(service.Url);
        (await aws.Kinesis.PutRecordsAsync("s", new PutRecordsEntry[] { new("one"u8.ToArray(), "k1"), new("two"u8.ToArray(), "k2") }, default)).ShouldBeEmpty();
        var (target, authorization, body) = service.Requests.ShouldHaveSingleItem();
        target.ShouldBe("Kinesis_20131202.PutRecords");
        authorization.ShouldStartWith("AWS4-HMAC-SHA256 Credential=AKID/");
        authorization.ShouldContain("/eu-central-1/kinesis/aws4_request");
        var records = JsonDocument.Parse(body).RootElement.GetProperty("Records").EnumerateArray().ToList();
        records.Select(record => (Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64()), record.GetProperty("PartitionKey").GetString()))
            .ShouldBe([("one", "k1"), ("two", "k2")]);
    }

    [Theory]
    [InlineData("""{"FailedRecordCount":1,"Records":[{"SequenceNumber":"1","ShardId":"a"},{"ErrorCode":"InternalFailure","ErrorMessage":"sorry"}]}""")]
    [InlineData("""{"EncryptionType":"KMS","Records":[{"SequenceNumber":"1","ShardId":"a"},{"ErrorMessage":"sorry","ErrorCode":"InternalFailure"}],"FailedRecordCount":1}""")]
    public async Task PutRecords_PartlyRefused_NamesTheRecords(string answer)
    {
        using var service = new FakeService((200, answer, null));
        using var aws = Clients(service.Url);
        (await aws.Kinesis.PutRecordsAsync("s", new PutRecordsEntry[] { new("one"u8.ToArray(), "k1"), new("two"u8.ToArray(), "k2") }, default)).ShouldBe([new RecordFailure(1, "InternalFailure", "sorry")]);
    }

    [Theory]
    [InlineData("""{"__type":"ResourceNotFoundException","message":"Stream s not found."}""", null, "ResourceNotFoundException", "Stream s not found.")]
    [InlineData("""{"__type":"com.amazonaws.kinesis#ResourceNotFoundException","Message":"gone"}""", null, "ResourceNotFoundException", "gone")]
    [InlineData("""{"message":"from the header"}""", "LimitExceededException:http://internal.amazon.com/", "LimitExceededException", "from the header")]
    [InlineData("<html>teapot</html>", null, "HTTP 400", "the endpoint answered with HTTP status 400")]
    public async Task Error_OfAJsonService_BecomesCodeAndMessage(string body, string? header, string code, string reason)
    {
        using var service = new FakeService((400, body, header));
        using var aws = Clients(service.Url);
        var error = await Should.ThrowAsync<AwsException>(() => aws.Kinesis.DescribeStreamSummaryAsync("s", default));
        (error.Service, error.Operation, error.Code, error.Reason, error.Status).ShouldBe(("Kinesis", "DescribeStreamSummary", code, reason, 400));
        error.Message.ShouldBe($"Kinesis DescribeStreamSummary: {reason} ({code})");
    }

    [Fact]
    public async Task Error_OfAQueryService_BecomesCodeAndMessage()
    {
        using var service = new FakeService((400, """
            <ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>
            """, null));
        using var aws = Clients(service.Url);
        var error = await Should.ThrowAsync<AwsException>(() => aws.CloudFormation.FindStackAsync("s", default));
        (error.Service, error.Code, error.Reason).ShouldBe(("CloudFormation", "Throttling", "Rate exceeded"));
        service.Requests.Count.ShouldBeGreaterThan(1, "throttled calls are tried again");
    }

    [Fact]
    public async Task Stack_ThatIsNotThere_IsNull()
    {
        using var service = new FakeService((400, "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id s does not exist</Message></Error></ErrorResponse>", null));
        using var aws = Clients(service.Url);
        (await aws.CloudFormation.FindStackAsync("s", default)).ShouldBeNull();
        service.Requests.Single().Body.ShouldBe("Action=DescribeStacks&Version=2010-05-15&StackName=s");
    }

    [Fact]
    public async Task ServerError_ThatPasses_IsTriedAgain()
    {
        using var service = new FakeService(
            (500, """{"__type":"InternalFailure"}""", null), (200, """{"StreamDescriptionSummary":{"StreamName":"s","StreamStatus":"ACTIVE"}}""", null));
        using var aws = Clients(service.Url);
        (await aws.Kinesis.DescribeStreamSummaryAsync("s", default)).StreamStatus.ShouldBe("ACTIVE");
        service.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Query_RunToItsEnd_PagesItsRows()
    {
        using var service = new FakeService(
            (200, """{"QueryExecutionId":"q"}""", null),
            (200, """{"QueryExecution":{"Status":{"State":"RUNNING"}}}""", null),
            (200, """{"QueryExecution":{"Status":{"State":"SUCCEEDED"},"Statistics":{"DataScannedInBytes":7,"TotalExecutionTimeInMillis":8,"EngineExecutionTimeInMillis":6}}}""", null),
            (200, """{"NextToken":"n","ResultSet":{"Rows":[{"Data":[{"VarCharValue":"a"}]},{"Data":[{"VarCharValue":"1"}]}],"ResultSetMetadata":{"ColumnInfo":[{"Name":"a","Type":"bigint"}]}}}""", null),
            (200, """{"ResultSet":{"Rows":[{"Data":[{}]}]}}""", null));
        using var aws = Clients(service.Url);
        var result = await aws.Athena.RunAsync("SELECT 1", "w", "d", default);
        result.Rows.Select(row => row.Single()).ShouldBe(["1", null]);
        result.Columns.ShouldBe([new ColumnInfo("a", "bigint")]);
        result.Statistics.DataScannedInBytes.ShouldBe(7);
        service.Requests.Select(request => request.Target.Split('.')[1]).ShouldBe(["StartQueryExecution", "GetQueryExecution", "GetQueryExecution", "GetQueryResults", "GetQueryResults"]);
    }

    [Fact]
    public async Task Query_ThatFails_TellsAthenasReason()
    {
        using var service = new FakeService(
            (200, """{"QueryExecutionId":"q"}""", null), (200, """{"QueryExecution":{"Status":{"State":"FAILED","StateChangeReason":"TABLE_NOT_FOUND: line 1:15"}}}""", null));
        using var aws = Clients(service.Url);
        (await Should.ThrowAsync<QueryFailedException>(() => aws.Athena.RunAsync("SELECT", "w", null, default))).Message.ShouldBe("TABLE_NOT_FOUND: line 1:15");
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}", "Nothing answers at http://127.0.0.1:{0}. Start it with scripts/local-cloud, or unset AWS_ENDPOINT_URL to use AWS.")]
    public async Task Endpoint_WhereNothingAnswers_IsNamedWithTheFix(string url, string expected)
    {
        var port = FakeService.FreePort();
        using var aws = Clients(string.Format(null, url, port));
        var message = string.Format(null, expected, port);
        (await Should.ThrowAsync<AwsUnavailableException>(() => aws.Kinesis.DescribeStreamSummaryAsync("s", default))).Message.ShouldBe(message);
        (await Should.ThrowAsync<AwsUnavailableException>(() => aws.S3.SumAsync("b", "p", default))).Message.ShouldBe(message);
    }

    private static AwsClients Clients(string url) => new(
        new AwsSettings(new Dictionary<string, string?>
        {
            ["AWS_ENDPOINT_URL"] = url, ["AWS_ACCESS_KEY_ID"] = "AKID", ["AWS_SECRET_ACCESS_KEY"] = "secret", ["AWS_REGION"] = "eu-central-1",
        }.GetValueOrDefault),
        TimeProvider.System);
}
