using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.S3;

public sealed class AwsCliTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("awscli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task S3Commands_OverABucketsLife_WorkAsOnAws()
    {
        var source = Directory.CreateDirectory(Path.Combine(_folder, "source", "sub dir")).FullName;
        await File.WriteAllTextAsync(Path.Combine(_folder, "source", "a.txt"), "first");
        await File.WriteAllTextAsync(Path.Combine(source, "b+c.json"), "second");
        await AwsAsync("s3", "mb", "s3://commands");
        await AwsAsync("s3", "sync", Path.Combine(_folder, "source"), "s3://commands/in");
        (await AwsAsync("s3", "sync", Path.Combine(_folder, "source"), "s3://commands/in")).Trim().ShouldBeEmpty();
        await AwsAsync("s3", "mv", "s3://commands/in/a.txt", "s3://commands/moved/a.txt");
        await AwsAsync("s3", "cp", "--recursive", "s3://commands/in", "s3://commands/copy");

        Keys(await AwsAsync("s3", "ls", "--recursive", "s3://commands"))
            .ShouldBe(["copy/sub dir/b+c.json", "in/sub dir/b+c.json", "moved/a.txt"]);
        (await AwsAsync("s3", "cp", "s3://commands/moved/a.txt", "-")).ShouldBe("first");
        await AwsAsync("s3", "rm", "--recursive", "s3://commands");
        await AwsAsync("s3", "rb", "s3://commands");
        (await AwsAsync("s3", "ls")).ShouldNotContain("commands");
    }

    [Fact]
    public async Task Copy_FileOf20Megabytes_GoesInPartsAndComesBackTheSame()
    {
        var content = new byte[20 * 1024 * 1024 + 7];
        new Random(20).NextBytes(content);
        var (sent, received) = (Path.Combine(_folder, "sent"), Path.Combine(_folder, "received"));
        await File.WriteAllBytesAsync(sent, content);
        await AwsAsync("s3", "mb", "s3://large");
        await AwsAsync("s3", "cp", "--no-progress", sent, "s3://large/file");
        await AwsAsync("s3", "cp", "--no-progress", "s3://large/file", "s3://large/again");
        await AwsAsync("s3", "cp", "--no-progress", "s3://large/again", received);

        (await File.ReadAllBytesAsync(received)).AsSpan().SequenceEqual(content).ShouldBeTrue();
        JsonNode.Parse(await AwsAsync("s3api", "head-object", "--bucket", "large", "--key", "file"))!["ETag"]!.GetValue<string>()
            .ShouldEndWith("-3\"");
    }

    [Fact]
    public async Task Api_BucketSettings_AreSetAndRead()
    {
        await AwsAsync("s3api", "create-bucket", "--bucket", "settings", "--create-bucket-configuration", "LocationConstraint=eu-west-1");
        await AwsAsync("s3api", "put-bucket-versioning", "--bucket", "settings", "--versioning-configuration", "Status=Enabled");
        await AwsAsync("s3api", "put-bucket-lifecycle-configuration", "--bucket", "settings", "--lifecycle-configuration",
            """{"Rules":[{"ID":"r","Status":"Enabled","Filter":{"Prefix":"x/"},"Expiration":{"Days":3}}]}""");
        await AwsAsync("s3api", "put-public-access-block", "--bucket", "settings", "--public-access-block-configuration",
            "BlockPublicAcls=true");
        await AwsAsync("s3api", "put-bucket-notification-configuration", "--bucket", "settings", "--notification-configuration", """{"EventBridgeConfiguration":{}}""");

        (await JsonAsync("get-bucket-versioning", "settings"))["Status"]!.GetValue<string>().ShouldBe("Enabled");
        (await JsonAsync("get-bucket-lifecycle-configuration", "settings"))["Rules"]![0]!["Expiration"]!["Days"]!.GetValue<int>()
            .ShouldBe(3);
        (await JsonAsync("get-public-access-block", "settings"))["PublicAccessBlockConfiguration"]!["BlockPublicAcls"]!.GetValue<bool>()
            .ShouldBeTrue();
        (await JsonAsync("get-bucket-notification-configuration", "settings"))["EventBridgeConfiguration"].ShouldNotBeNull();
        (await JsonAsync("get-bucket-location", "settings"))["LocationConstraint"]!.GetValue<string>().ShouldBe("eu-west-1");
    }

    [Fact]
    public async Task Api_MissingObject_FailsWithAwsError()
    {
        await AwsAsync("s3", "mb", "s3://errors");

        (await cloud.AwsAsync("s3api", "get-object", "--bucket", "errors", "--key", "no", Path.Combine(_folder, "no"))).Error
            .ShouldContain("An error occurred (NoSuchKey) when calling the GetObject operation: The specified key does not exist.");
        (await cloud.AwsAsync("s3api", "put-bucket-replication", "--bucket", "errors", "--replication-configuration", """{"Role":"r","Rules":[]}""")).Error
            .ShouldContain("(NotImplemented) when calling the PutBucketReplication operation");
    }

    private static List<string> Keys(string listing) =>
        [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[31..])];

    private async Task<string> AwsAsync(params string[] arguments) => (await cloud.AwsAsync(arguments)).Succeeded();

    private async Task<JsonNode> JsonAsync(string command, string bucket) =>
        JsonNode.Parse(await AwsAsync("s3api", command, "--bucket", bucket))!;
}
