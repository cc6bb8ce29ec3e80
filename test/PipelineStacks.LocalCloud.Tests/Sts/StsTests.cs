using System.Net.Http.Headers;
using System.Xml.Linq;

namespace PipelineStacks.LocalCloud.Tests.Sts;

public sealed class StsTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("sts-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("test", "000000000000")]
    [InlineData("111122223333", "111122223333")]
    public async Task GetCallerIdentity_AnyKey_IsTheAccountsRoot(string key, string account)
    {
        await using var cloud = await StartAsync();
        var identity = await CallAsync(cloud, key, "GetCallerIdentity");
        Text(identity, "Account").ShouldBe(account);
        Text(identity, "Arn").ShouldBe($"arn:aws:iam::{account}:root");
    }

    [Fact]
    public async Task AssumeRole_RoleOfAnotherAccount_IsThatAccountsSessionEvenAfterARestart()
    {
        string key;
        await using (var cloud = await StartAsync())
        {
            var assumed = await CallAsync(cloud, "test", "AssumeRole",
                ("RoleArn", "arn:aws:iam::111122223333:role/deploy/cdk"), ("RoleSessionName", "cli"), ("Tags", ""));
            key = Text(assumed, "AccessKeyId");
            Text(assumed, "Expiration").ShouldBe("2026-11-20T10:00:00.000Z");
        }

        await using var again = await StartAsync();
        var identity = await CallAsync(again, key, "GetCallerIdentity");
        Text(identity, "Account").ShouldBe("111122223333");
        Text(identity, "Arn").ShouldBe("arn:aws:sts::111122223333:assumed-role/cdk/cli");
        Text(identity, "UserId").ShouldEndWith(":cli");
        Text(await CallAsync(again, "test", "GetAccessKeyInfo", ("AccessKeyId", key)), "Account").ShouldBe("111122223333");
    }

    [Theory]
    [InlineData("RoleArn", "role", "role is invalid")]
    [InlineData("RoleSessionName", "a b", "Value 'a b' at 'roleSessionName' failed")]
    [InlineData("DurationSeconds", "60", "Member must have value between 900 and 43200")]
    public async Task AssumeRole_InvalidMember_IsRefused(string member, string value, string message)
    {
        await using var cloud = await StartAsync();
        var members = new Dictionary<string, string> { ["RoleArn"] = "arn:aws:iam::111122223333:role/r", ["RoleSessionName"] = "cli", [member] = value };
        Text(await CallAsync(cloud, "test", "AssumeRole", [.. members.Select(pair => (pair.Key, pair.Value))]), "Message").ShouldContain(message);
    }

    private Task<LocalCloudHost> StartAsync() => LocalCloudHost.StartAsync(new LocalCloudOptions { Port = 0, VirtualTime = true, DataDirectory = _data });

    private static string Text(XElement answer, string name) => answer.Descendants().First(element => element.Name.LocalName == name).Value;

    private static async Task<XElement> CallAsync(LocalCloudHost cloud, string key, string action, params (string Name, string Value)[] members)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, cloud.Endpoint)
        {
            Content = new FormUrlEncodedContent(members.Append(("Action", action)).Select(member => KeyValuePair.Create(member.Item1, member.Item2))),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("AWS4-HMAC-SHA256",
            $"Credential={key}/20261120/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await http.SendAsync(request);
        return XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
    }
}
