using System.Net;

namespace PipelineStacks.LocalCloud.Tests.Lambda;

public sealed class NodeRuntimeTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    public static TheoryData<string, string, string> Handlers => new()
    {
        { "index.js", "exports.handler = async event => ({ got: event.a });", """{"got":1}""" },
        { "index.mjs", "export const handler = async event => ({ got: event.a });", """{"got":1}""" },
        { "index.cjs", "module.exports = { handler: event => Promise.resolve([event.a]) };", "[1]" },
        { "index.js", "exports.handler = (event, context, callback) => callback(null, event.a + 1);", "2" },
        { "index.js", "exports.handler = (event, context, callback) => { setTimeout(() => callback(null, 'late'), 5); };", "\"late\"" },
        { "index.js", "exports.handler = () => {};", "null" },
        { "index.js", "exports.handler = async () => undefined;", "null" },
        { "index.js", "exports.handler = async (event, context) => context.functionVersion + context.memoryLimitInMB;", "\"$LATEST128\"" },
        { "index.js", "exports.handler = async (e, c) => c.getRemainingTimeInMillis() > 0 && c.getRemainingTimeInMillis() <= 3000;", "true" },
    };

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task Handler_OfEveryStyle_Answers(string file, string source, string expected)
    {
        var invoked = await cloud.InvokeAsync(await cloud.NodeAsync(source, file), """{"a":1}""");

        invoked.Status.ShouldBe(HttpStatusCode.OK);
        invoked.Error.ShouldBeNull(invoked.Log);
        invoked.Body.ShouldBe(expected);
    }

    public static TheoryData<string, string, string> Failures => new()
    {
        { "exports.handler = async () => { throw new TypeError('broken'); };", "TypeError", "broken" },
        { "exports.handler = (e, c, callback) => callback(new RangeError('far'));", "RangeError", "far" },
        { "exports.handler = () => { throw new Error('sync'); };", "Error", "sync" },
        { "exports.handler = async () => { Promise.reject(new Error('lost')); await new Promise(r => setTimeout(r, 1000)); };", "Runtime.UnhandledPromiseRejection", "Error: lost" },
        { "exports.handler = async () => process.exit(7);", "Runtime.ExitError", "exit status 7" },
        { "require('missing');", "Runtime.ImportModuleError", "Cannot find module 'missing'" },
        { "exports.handler = {;", "Runtime.UserCodeSyntaxError", "SyntaxError" },
        { "exports.other = 1;", "Runtime.HandlerNotFound", "index.handler is undefined or not exported" },
        { "throw new Error('at the start');", "Error", "at the start" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_OfTheCode_IsAnsweredAsLambdaDoes(string source, string type, string message)
    {
        var invoked = await cloud.InvokeAsync(await cloud.NodeAsync(source));

        invoked.Status.ShouldBe(HttpStatusCode.OK);
        invoked.Error.ShouldBe("Unhandled");
        invoked.Json["errorType"]!.GetValue<string>().ShouldBe(type);
        invoked.Json["errorMessage"]!.GetValue<string>().ShouldContain(message);
    }

    [Theory]
    [InlineData("await new Promise(done => setTimeout(done, 60_000));")]
    [InlineData("for (;;);")]
    public async Task Timeout_EndsTheProcess_AndTheNextInvocationHasANewOne(string hanging)
    {
        var name = await cloud.NodeAsync($"exports.handler = async event => {{ if (event.ok) return process.pid; {hanging} }};", more: ",\"Timeout\":1");
        var before = await cloud.InvokeAsync(name, """{"ok":1}""");
        before.Error.ShouldBeNull(before.Body);

        var invoked = await cloud.InvokeAsync(name);

        invoked.Error.ShouldBe("Unhandled");
        invoked.Json["errorType"]!.GetValue<string>().ShouldBe("Sandbox.Timedout");
        invoked.Json["errorMessage"]!.GetValue<string>().ShouldEndWith("Error: Task timed out after 1.00 seconds");
        invoked.Log.ShouldContain("Status: timeout");
        (await cloud.InvokeAsync(name, """{"ok":1}""")).Body.ShouldNotBe(before.Body);
    }

    [Fact]
    public async Task Process_IsUsedAgain_AndParallelInvocationsHaveTheirOwn()
    {
        var name = await cloud.NodeAsync("let calls = 0; exports.handler = async e => { await new Promise(r => setTimeout(r, e.wait)); return [process.pid, ++calls]; };");

        var first = await cloud.InvokeAsync(name, """{"wait":0}""");
        var second = await cloud.InvokeAsync(name, """{"wait":0}""");
        second.Json[0]!.GetValue<int>().ShouldBe(first.Json[0]!.GetValue<int>());
        second.Json[1]!.GetValue<int>().ShouldBe(2);
        first.Log.ShouldContain("Init Duration");
        second.Log.ShouldNotContain("Init Duration");

        var parallel = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => cloud.InvokeAsync(name, """{"wait":1500}""")));
        parallel.Select(one => one.Json[0]!.GetValue<int>()).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task Idle_Process_EndsWithTime()
    {
        var name = await cloud.NodeAsync("exports.handler = async () => process.pid;");
        var first = await cloud.InvokeAsync(name);

        await cloud.AdvanceAsync(TimeSpan.FromMinutes(30));

        (await cloud.InvokeAsync(name)).Body.ShouldNotBe(first.Body);
    }

    [Fact]
    public async Task Output_GoesToTheLogGroup_InOrder()
    {
        var name = await cloud.NodeAsync("exports.handler = async () => { console.log('one\\ntwo', { a: 1 }); console.error('three'); };");

        var invoked = await cloud.InvokeAsync(name);

        var lines = await cloud.LinesAsync($"/aws/lambda/{name}");
        lines[0].ShouldStartWith("INIT_START Runtime Version: nodejs20.x");
        lines[1].ShouldMatch(@"^START RequestId: [0-9a-f-]{36} Version: \$LATEST$");
        lines[2].ShouldEndWith("\tINFO\tone\ntwo { a: 1 }");
        lines[3].ShouldEndWith("\tERROR\tthree");
        lines[4].ShouldStartWith("END RequestId: ");
        lines[5].ShouldMatch(@"^REPORT RequestId: .*\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: [1-9]\d* MB\tInit Duration: [\d.]+ ms\t$");
        invoked.Log.ShouldContain(lines[5]);
    }

    [Fact]
    public async Task Environment_IsLambdasAndTheFunctionsOwn()
    {
        var name = await cloud.NodeAsync("exports.handler = async () => process.env;", more: ""","Environment":{"Variables":{"TABLE":"films"}}""");

        var environment = (await cloud.InvokeAsync(name)).Json.AsObject();

        environment["TABLE"]!.GetValue<string>().ShouldBe("films");
        environment["AWS_REGION"]!.GetValue<string>().ShouldBe(TestCloud.Region);
        environment["AWS_LAMBDA_FUNCTION_NAME"]!.GetValue<string>().ShouldBe(name);
        environment["AWS_ENDPOINT_URL"]!.GetValue<string>().ShouldBe(cloud.Host.Endpoint.GetLeftPart(UriPartial.Authority));
        environment["AWS_EXECUTION_ENV"]!.GetValue<string>().ShouldBe("AWS_Lambda_nodejs20.x");
        environment.ContainsKey("OLDPWD").ShouldBeFalse();
    }

    [Fact]
    public async Task Calls_FromInside_AreTheRoles()
    {
        var name = await cloud.NodeAsync("""
            exports.handler = async () => {
              const { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: key, AWS_REGION: region } = process.env;
              const answer = await fetch(url, { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15', headers: {
                'content-type': 'application/x-www-form-urlencoded',
                authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261120/${region}/sts/aws4_request, SignedHeaders=host, Signature=0` } });
              return answer.text();
            };
            """);

        (await cloud.InvokeAsync(name)).Body.ShouldContain($"<Arn>arn:aws:sts::{TestCloud.Account}:assumed-role/function/{name}</Arn>");
    }
}
