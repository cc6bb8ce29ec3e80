using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PipelineStacks.LocalCloud.Protocols;

namespace PipelineStacks.LocalCloud.Tests.Protocols;

public sealed class AuthorizationTests
{
    [Theory]
    [InlineData("Forgetful.Answer", HttpStatusCode.InternalServerError, "InternalFailure")]
    [InlineData("Forgetful.Ask", HttpStatusCode.OK, "arn:aws:iam::123456789012:root")]
    public async Task Answer_OfAnOperationThatDidNotPassTheAuthoriser_IsWithheld(string target, HttpStatusCode status, string expected)
    {
        await using var cloud = await LocalCloudHost.StartAsync(
            new LocalCloudOptions { Port = 0, VirtualTime = true }, services => services.AddSingleton<IJsonService, Forgetful>());
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint) { Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", target);
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=123456789012/20261120/eu-west-1/any/aws4_request");
        using var response = await http.SendAsync(request);
        response.StatusCode.ShouldBe(status);
        var body = await response.Content.ReadAsStringAsync();
        body.ShouldContain(expected);
        body.ShouldNotContain("secret");
        response.Headers.GetValues("x-amzn-RequestId").Single().ShouldNotBeEmpty();
    }

    private sealed class Forgetful : IJsonService
    {
        public string TargetPrefix => "Forgetful";

        public OperationTable Operations { get; } = new OperationTable("Forgetful")
            .Add<Empty, Answered>("Answer", (_, _) => new("secret"))
            .Add<Empty, Answered>("Ask", (call, _) =>
            {
                call.Authorize("forgetful:Ask", "*");
                return new(call.Principal.Arn);
            });
    }

    private sealed record Answered(string Content);
}
