using System.Net.Sockets;
using System.Text;

namespace PipelineStacks.LocalCloud.Tests.S3;

public sealed class ConnectionTests(S3Fixture fixture) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task Put_RefusedBeforeItsContentWasAskedFor_ClosesTheConnection()
    {
        var bucket = await fixture.NewBucketAsync();
        await fixture.S3.PutObjectAsync(new() { BucketName = bucket, Key = "k", ContentBody = "1" });
        using var client = new TcpClient();
        await client.ConnectAsync(fixture.Cloud.Endpoint.Host, fixture.Cloud.Endpoint.Port);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"PUT /{bucket}/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\nIf-None-Match: *\r\n\r\n"));

        using var reader = new StreamReader(stream);
        var headers = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            headers.Add(line);
        headers[0].ShouldStartWith("HTTP/1.1 412");
        headers.ShouldContain("Connection: close");
    }
}
