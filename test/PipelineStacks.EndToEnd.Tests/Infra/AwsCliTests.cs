using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Infra;

/// <summary>awscli on the services that the others stand on.</summary>
public sealed class AwsCliTests(LocalCloudProcess cloud) : IClassFixture<LocalCloudProcess>
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"firehose.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    [Fact]
    public async Task Iam_RoleWithPolicies_IsCreatedReadAndDeleted()
    {
        await AwsAsync("iam", "create-role", "--role-name", "r", "--assume-role-policy-document", Trust, "--tags", "Key=team,Value=data");
        await AwsAsync("iam", "put-role-policy", "--role-name", "r", "--policy-name", "p", "--policy-document",
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}""");
        var role = await AwsAsync("iam", "get-role", "--role-name", "r");
        role["Role"]!["Arn"]!.GetValue<string>().ShouldBe("arn:aws:iam::000000000000:role/r");
        role["Role"]!["AssumeRolePolicyDocument"]!["Statement"]![0]!["Action"]!.GetValue<string>().ShouldBe("sts:AssumeRole");
        DateTimeOffset.TryParse(role["Role"]!["CreateDate"]!.GetValue<string>(), out _).ShouldBeTrue();
        (await AwsAsync("iam", "get-role-policy", "--role-name", "r", "--policy-name", "p"))["PolicyDocument"]!["Statement"]![0]!["Action"]!
            .GetValue<string>().ShouldBe("s3:GetObject");
        (await cloud.AwsAsync("iam", "delete-role", "--role-name", "r")).Error.ShouldContain("(DeleteConflict)");
        await AwsAsync("iam", "delete-role-policy", "--role-name", "r", "--policy-name", "p");
        await AwsAsync("iam", "delete-role", "--role-name", "r");
        (await cloud.AwsAsync("iam", "get-role", "--role-name", "r")).Error.ShouldContain("(NoSuchEntity)");
    }

    [Fact]
    public async Task Kms_Ciphertext_OutlivesKillMinusNine()
    {
        var key = (await AwsAsync("kms", "create-key", "--description", "d"))["KeyMetadata"]!["KeyId"]!.GetValue<string>();
        var sealedText = (await AwsAsync("kms", "encrypt", "--key-id", key, "--plaintext", "aGVsbG8=", "--encryption-context", "a=1"))["CiphertextBlob"]!.GetValue<string>();
        await cloud.KillAsync();
        await cloud.StartAsync();
        (await AwsAsync("kms", "decrypt", "--ciphertext-blob", sealedText, "--encryption-context", "a=1"))["Plaintext"]!.GetValue<string>().ShouldBe("aGVsbG8=");
        (await cloud.AwsAsync("kms", "decrypt", "--ciphertext-blob", sealedText)).Error.ShouldContain("(InvalidCiphertextException)");
    }

    [Fact]
    public async Task Logs_AcknowledgedLines_OutliveKillMinusNine()
    {
        await AwsAsync("logs", "create-log-group", "--log-group-name", "/g", "--tags", "team=data");
        await AwsAsync("logs", "create-log-stream", "--log-group-name", "/g", "--log-stream-name", "s");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await AwsAsync("logs", "put-log-events", "--log-group-name", "/g", "--log-stream-name", "s",
            "--log-events", $$"""[{"timestamp":{{now}},"message":"ERROR one"},{"timestamp":{{now}},"message":"fine"}]""");
        await cloud.KillAsync();
        await cloud.StartAsync();
        var found = await AwsAsync("logs", "filter-log-events", "--log-group-name", "/g", "--filter-pattern", "ERROR");
        found["events"]!.AsArray().Select(one => one!["message"]!.GetValue<string>()).ShouldBe(["ERROR one"]);
        (await AwsAsync("logs", "get-log-events", "--log-group-name", "/g", "--log-stream-name", "s", "--start-from-head"))["events"]!.AsArray().Count.ShouldBe(2);
        (await AwsAsync("logs", "describe-log-groups"))["logGroups"]![0]!["arn"]!.GetValue<string>().ShouldBe("arn:aws:logs:eu-west-1:000000000000:log-group:/g:*");
    }

    [Fact]
    public async Task CloudWatch_Metric_OutlivesACleanStop()
    {
        var now = TimeProvider.System.GetUtcNow();
        await AwsAsync("cloudwatch", "put-metric-data", "--namespace", "app", "--metric-name", "m", "--value", "3", "--unit", "Count", "--dimensions", "a=1,b=2");
        await cloud.StopAsync();
        await cloud.StartAsync();
        await AwsAsync("cloudwatch", "put-metric-data", "--namespace", "app", "--metric-name", "m", "--value", "4", "--unit", "Count", "--dimensions", "b=2,a=1");
        var statistics = await AwsAsync("cloudwatch", "get-metric-statistics", "--namespace", "app", "--metric-name", "m", "--dimensions", "Name=a,Value=1", "Name=b,Value=2",
            "--start-time", $"{now.AddHours(-1):O}", "--end-time", $"{now.AddHours(1):O}", "--period", "86400", "--statistics", "Sum", "Maximum");
        statistics["Datapoints"]!.AsArray().Select(point => (point!["Sum"]!.GetValue<double>(), point["Maximum"]!.GetValue<double>())).ShouldBe([(7, 4)]);
        (await AwsAsync("cloudwatch", "list-metrics", "--namespace", "app"))["Metrics"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Boto3_OnTheSameServices_ReadsWhatItWrites()
    {
        var run = await cloud.PythonAsync("""
            import datetime
            kms, logs, cw, events = client("kms"), client("logs"), client("cloudwatch"), client("events")
            key = kms.create_key()["KeyMetadata"]
            assert isinstance(key["CreationDate"], datetime.datetime)
            data = kms.generate_data_key(KeyId=key["Arn"], KeySpec="AES_256", EncryptionContext={"a": "b"})
            assert kms.decrypt(CiphertextBlob=data["CiphertextBlob"], EncryptionContext={"a": "b"})["Plaintext"] == data["Plaintext"]
            cw.put_metric_data(Namespace="boto", MetricData=[{"MetricName": f"m{i}", "Value": i, "Dimensions": [{"Name": f"d{j}", "Value": "x"} for j in range(10)]} for i in range(200)])
            assert sum(len(page["Metrics"]) for page in cw.get_paginator("list_metrics").paginate(Namespace="boto")) == 200
            result = events.put_events(Entries=[{"Source": "app", "DetailType": "t", "Detail": json.dumps({"a": 1})}])
            assert result["FailedEntryCount"] == 0, result
            assert events.list_rules()["Rules"] == []
            try:
                events.list_archives()
                raise AssertionError("archives are not supported")
            except events.exceptions.ClientError as error:
                assert "ListArchives of EventBridge is not supported" in str(error), error
            print("done")
            """);
        run.Succeeded().ShouldContain("done");
    }

    private async Task<JsonNode> AwsAsync(params string[] arguments)
    {
        var output = (await cloud.AwsAsync(arguments)).Succeeded();
        return output.Length == 0 ? new JsonObject() : JsonNode.Parse(output)!;
    }
}
