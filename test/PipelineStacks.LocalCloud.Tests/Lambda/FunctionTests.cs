using System.Net;
using System.Text.Json.Nodes;
using PipelineStacks.LocalCloud.Services.Lambda;

namespace PipelineStacks.LocalCloud.Tests.Lambda;

public sealed class FunctionTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    private const string Functions = "/2015-03-31/functions";

    [Fact]
    public async Task Code_IsReplaced_AndTheNextInvocationRunsIt()
    {
        var name = await cloud.NodeAsync("exports.handler = async () => 'old';");
        (await cloud.InvokeAsync(name)).Body.ShouldBe("\"old\"");

        var zip = Convert.ToBase64String(LambdaCloud.Zip(("index.js", "exports.handler = async () => 'new';")));
        await Succeed(HttpMethod.Put, $"{Functions}/{name}/code", $$"""{"ZipFile":"{{zip}}"}""");

        (await cloud.InvokeAsync(name)).Body.ShouldBe("\"new\"");
    }

    [Fact]
    public async Task Configuration_IsChanged_InWhatIsSaidAlone()
    {
        var name = await cloud.NodeAsync("exports.handler = async () => process.env.WHO;", more: ""","Timeout":7""");

        await Succeed(HttpMethod.Put, $"{Functions}/{name}/configuration", """{"Environment":{"Variables":{"WHO":"b"}}}""");

        var found = await Succeed(HttpMethod.Get, $"{Functions}/{name}");
        found["Configuration"]!["Timeout"]!.GetValue<int>().ShouldBe(7);
        found["Configuration"]!["State"]!.GetValue<string>().ShouldBe("Active");
        (await cloud.InvokeAsync(name)).Body.ShouldBe("\"b\"");
        using var http = new HttpClient();
        (await http.GetByteArrayAsync(new Uri(found["Code"]!["Location"]!.GetValue<string>()))).Length
            .ShouldBe(found["Configuration"]!["CodeSize"]!.GetValue<int>());
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { ""","Timeout":901""", "ValidationException: 1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900" },
        { ""","MemorySize":64""", "ValidationException: 1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128" },
        { ""","Environment":{"Variables":{"AWS_REGION":"x"}}""", "InvalidParameterValueException: Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION" },
        { ""","Layers":["arn"]""", "SerializationException: Layers of Lambda CreateFunction is not supported by the local cloud." },
        { ""","DeadLetterConfig":{}""", "SerializationException: DeadLetterConfig of Lambda CreateFunction is not supported by the local cloud." },
        { ""","PackageType":"Image" """, "NotImplementedByLocalCloud: The package type Image is not supported by the local cloud." },
        { ""","Runtime":"python3.13" """, "NotImplementedByLocalCloud: The Lambda runtime python3.13 (it runs nodejs20.x, nodejs22.x, nodejs24.x, dotnet10, provided.al2023) is not supported by the local cloud." },
        { ""","Role":"arn:aws:iam::000000000000:role/nobody" """, "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda." },
        { ""","Code":{"ZipFile":"bm8gemlw"}""", "InvalidParameterValueException: Could not unzip uploaded file. Please check your file, then try to upload again." },
        { ""","Code":{"S3Bucket":"no-such-bucket","S3Key":"x"}""", "InvalidParameterValueException: Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Create_OfWhatCannotBe_IsRefused(string member, string expected)
    {
        await cloud.AddRoleAsync();
        var zip = Convert.ToBase64String(LambdaCloud.Zip(("index.js", "")));
        var request = JsonNode.Parse($$"""
            {"FunctionName":"refused","Runtime":"nodejs20.x","Handler":"index.handler","Role":"{{LambdaCloud.Role}}","Code":{"ZipFile":"{{zip}}"} }
            """)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse($"{{{member[1..]}}}")!.AsObject())
            request[name] = value!.DeepClone();

        (await Fail(HttpMethod.Post, Functions, request.ToJsonString())).ShouldBe(expected);
    }

    [Fact]
    public async Task Invoke_OfWhatCannotBe_IsRefused()
    {
        var name = await cloud.NodeAsync("exports.handler = async () => 'x'.repeat(7_000_000);");

        (await cloud.InvokeAsync("nowhere")).Body.ShouldContain($"Function not found: arn:aws:lambda:{TestCloud.Region}:{TestCloud.Account}:function:nowhere");
        (await cloud.InvokeAsync(name, "{")).Body.ShouldContain("Could not parse request body into json");
        (await cloud.InvokeAsync(name, $"\"{new string('x', 6_291_456)}\"")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await cloud.InvokeAsync(name)).Json["errorType"]!.GetValue<string>().ShouldBe("Function.ResponseSizeTooLarge");
        (await cloud.InvokeAsync(name, type: "DryRun")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Concurrency_ThatIsReserved_Throttles()
    {
        var name = await cloud.NodeAsync("exports.handler = async () => 1;");
        await Succeed(HttpMethod.Put, $"/2017-10-31/functions/{name}/concurrency", """{"ReservedConcurrentExecutions":0}""");

        var throttled = await cloud.InvokeAsync(name);

        throttled.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        throttled.Body.ShouldContain("TooManyRequestsException");
        (await Metric(name, "Throttles")).ShouldBe(1);
    }

    [Fact]
    public async Task Metrics_CountInvocationsAndErrors()
    {
        var name = await cloud.NodeAsync("exports.handler = async e => { if (e.fail) throw new Error('x'); };");
        await cloud.InvokeAsync(name);
        await cloud.InvokeAsync(name, """{"fail":true}""");

        (await Metric(name, "Invocations")).ShouldBe(2);
        (await Metric(name, "Errors")).ShouldBe(1);
        (await Metric(name, "Duration")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Event_IsQueued_AndTriedThreeTimes()
    {
        var name = await cloud.NodeAsync("exports.handler = async e => { console.log('try ' + e.n); throw new Error('x'); };");

        (await cloud.InvokeAsync(name, """{"n":1}""", "Event")).Status.ShouldBe(HttpStatusCode.Accepted);
        await cloud.AdvanceAsync(TimeSpan.FromMinutes(10));

        (await cloud.LinesAsync($"/aws/lambda/{name}")).Count(line => line.EndsWith("try 1", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task Invoker_OfServices_RunsTheFunction()
    {
        var name = await cloud.NodeAsync("exports.handler = async e => e.records.length;");

        var outcome = await cloud.Get<IFunctionInvoker>().InvokeAsync(cloud.Call, $"arn:aws:lambda:{TestCloud.Region}:{TestCloud.Account}:function:{name}", """{"records":[1,2]}"""u8.ToArray());

        outcome.FunctionError.ShouldBeNull();
        outcome.Payload.ToArray().ShouldBe("2"u8.ToArray());
    }

    [Fact]
    public async Task TagsAndPolicy_AreKept()
    {
        var name = await cloud.NodeAsync("");
        var arn = Uri.EscapeDataString($"arn:aws:lambda:{TestCloud.Region}:{TestCloud.Account}:function:{name}");

        await Succeed(HttpMethod.Post, $"/2017-03-31/tags/{arn}", """{"Tags":{"a":"1","b":"2"}}""");
        await Succeed(HttpMethod.Delete, $"/2017-03-31/tags/{arn}?tagKeys=a");
        (await Succeed(HttpMethod.Get, $"/2017-03-31/tags/{arn}"))["Tags"]!.ToJsonString().ShouldBe("""{"b":"2"}""");

        await Succeed(HttpMethod.Post, $"{Functions}/{name}/policy", """{"StatementId":"s","Action":"lambda:InvokeFunction","Principal":"s3.amazonaws.com","SourceArn":"arn:aws:s3:::b"}""");
        (await Succeed(HttpMethod.Get, $"{Functions}/{name}/policy"))["Policy"]!.GetValue<string>().ShouldContain("""
            "Principal":{"Service":"s3.amazonaws.com"}
            """.Trim());
        await Succeed(HttpMethod.Delete, $"{Functions}/{name}/policy/s");
        (await Fail(HttpMethod.Get, $"{Functions}/{name}/policy")).ShouldStartWith("ResourceNotFoundException");
    }

    [Fact]
    public async Task Function_ThatIsDeleted_IsGone()
    {
        var name = await cloud.NodeAsync("exports.handler = async () => 1;");
        await cloud.InvokeAsync(name);

        await Succeed(HttpMethod.Delete, $"{Functions}/{name}");

        (await cloud.InvokeAsync(name)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Succeed(HttpMethod.Get, Functions + "/"))["Functions"]!.AsArray().ShouldNotContain(one => one!["FunctionName"]!.GetValue<string>() == name);
    }

    private async Task<double> Metric(string function, string metric)
    {
        var answer = await cloud.QueryAsync("monitoring", "GetMetricStatistics", ("Namespace", "AWS/Lambda"), ("MetricName", metric),
            ("Dimensions.member.1.Name", "FunctionName"), ("Dimensions.member.1.Value", function), ("Period", "86400"), ("Statistics.member.1", "Sum"),
            ("StartTime", cloud.Now.AddHours(-1).ToString("O")), ("EndTime", cloud.Now.AddHours(1).ToString("O")));
        return answer.Descendants("Sum").Sum(sum => double.Parse(sum.Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task<JsonNode> Succeed(HttpMethod method, string path, string? body = null)
    {
        var (status, answer) = await cloud.LambdaAsync(method, path, body);
        ((int)status).ShouldBeLessThan(300, answer);
        return answer.Length == 0 ? new JsonObject() : JsonNode.Parse(answer)!;
    }

    private async Task<string> Fail(HttpMethod method, string path, string? body = null)
    {
        var (status, answer) = await cloud.LambdaAsync(method, path, body);
        ((int)status).ShouldBeGreaterThanOrEqualTo(400, answer);
        var error = JsonNode.Parse(answer)!;
        return $"{error["__type"]}: {error["message"]}";
    }
}
