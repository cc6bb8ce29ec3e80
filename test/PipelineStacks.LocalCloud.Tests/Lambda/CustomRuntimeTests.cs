namespace PipelineStacks.LocalCloud.Tests.Lambda;

public sealed class CustomRuntimeTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    // A runtime as one writes it after AWS's documentation, in the one language that is certainly here.
    private const string Bootstrap = """
        #!/usr/bin/env node
        const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
        (async () => {
          for (;;) {
            const next = await fetch(`${api}/invocation/next`);
            const id = next.headers.get('lambda-runtime-aws-request-id');
            const event = await next.json();
            const [path, body] = event.fail ? ['error', { errorType: 'Own', errorMessage: 'failed' }] : ['response', { handler: process.env._HANDLER, event }];
            await fetch(`${api}/invocation/${id}/${path}`, { method: 'POST', body: JSON.stringify(body) });
          }
        })();
        """;

    [Fact]
    public async Task Bootstrap_OfTheFunction_SpeaksToTheRuntimeApi()
    {
        var name = await cloud.CreateAsync(LambdaCloud.Zip(("bootstrap", Bootstrap)), "provided.al2023", "any", ",\"Timeout\":30");

        (await cloud.InvokeAsync(name, """{"a":1}""")).Body.ShouldBe("""{"handler":"any","event":{"a":1}}""");
        var failed = await cloud.InvokeAsync(name, """{"fail":true}""");
        failed.Error.ShouldBe("Unhandled");
        failed.Body.ShouldBe("""{"errorType":"Own","errorMessage":"failed"}""");
        (await cloud.InvokeAsync(name, "2")).Body.ShouldContain("\"event\":2");
    }

    [Fact]
    public async Task Bootstrap_ThatIsMissing_IsAnError()
    {
        var name = await cloud.CreateAsync(LambdaCloud.Zip(("other", "")), "provided.al2023", "any");

        (await cloud.InvokeAsync(name)).Json["errorType"]!.GetValue<string>().ShouldBe("Runtime.InvalidEntrypoint");
    }

    [Theory]
    [InlineData("GET", "/_local/lambda/none/2018-06-01/runtime/invocation/next")]
    [InlineData("GET", "/_local/lambda-code/none")]
    public async Task Path_ThatIsNobodys_IsNotThere(string method, string path)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(cloud.Host.Endpoint, path));
        using var response = await http.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(404);
    }
}
