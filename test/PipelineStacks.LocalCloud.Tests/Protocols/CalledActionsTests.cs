using System.Net.Http.Json;
using PipelineStacks.LocalCloud.Calls;

namespace PipelineStacks.LocalCloud.Tests.Protocols;

public sealed class CalledActionsTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    [Fact]
    public async Task Actions_OfUsersAndOfARolesSessions_AreToldOnceEach_ByWhoCalled()
    {
        await cloud.JsonAsync("Kinesis_20131202.ListStreams", "{}");
        await cloud.JsonAsync("Kinesis_20131202.ListStreams", "{}");
        foreach (var session in new[] { "one", "two" })
            cloud.Get<Callers>().ForRole($"arn:aws:iam::{TestCloud.Account}:role/reader", TestCloud.Region, session).Authorize("s3:GetObject", "arn:aws:s3:::lake/a");

        using var http = new HttpClient();
        var called = (await http.GetFromJsonAsync<Dictionary<string, string[]>>(new Uri(cloud.Host.Endpoint, "/_local/actions")))!;
        called[$"arn:aws:iam::{TestCloud.Account}:root"].ShouldBe(["kinesis:ListStreams"]);
        called[$"arn:aws:iam::{TestCloud.Account}:role/reader"].ShouldBe(["s3:GetObject"]);
    }
}
