using System.Text.Json.Nodes;

namespace PipelineStacks.LocalCloud.Tests.Glue.Jobs;

public sealed class JobApiTests : IAsyncLifetime
{
    private readonly TestCloud _cloud = new();

    public Task InitializeAsync() => _cloud.InitializeAsync();

    public Task DisposeAsync() => _cloud.DisposeAsync();

    [Fact]
    public async Task Job_Created_IsShownWithItsDefaults()
    {
        await CreateAsync("a", """{"DefaultArguments":{"--x":"1"},"Tags":{"team":"films"}}""");

        var job = (await _cloud.JsonAsync("AWSGlue.GetJob", """{"JobName":"a"}"""))["Job"]!;
        ((int)job["Timeout"]!).ShouldBe(480);
        ((int)job["MaxRetries"]!).ShouldBe(0);
        ((double)job["MaxCapacity"]!).ShouldBe(4);
        ((int)job["ExecutionProperty"]!["MaxConcurrentRuns"]!).ShouldBe(1);
        ((string)job["Command"]!["PythonVersion"]!).ShouldBe("3");
        ((string)job["ExecutionClass"]!).ShouldBe("STANDARD");
        ((string)(await _cloud.JsonAsync("AWSGlue.GetTags", """{"ResourceArn":"arn:aws:glue:eu-west-1:000000000000:job/a"}"""))["Tags"]!["team"]!).ShouldBe("films");
        (await _cloud.JsonErrorAsync("AWSGlue.CreateJob", Request("a", "{}"))).ShouldBe("AlreadyExistsException: Job already exists.");
    }

    [Theory]
    [InlineData("""{"MaxCapacity":10}""", "Please set only Worker Type and Number of Workers, or only Max Capacity.")]
    [InlineData("""{"MaxCapacity":10,"WorkerType":null,"NumberOfWorkers":null}""",
        "MaxCapacity and AllocatedCapacity are for Glue versions before 2.0: set WorkerType and NumberOfWorkers for Glue 5.0.")]
    [InlineData("""{"NumberOfWorkers":null}""", "WorkerType and NumberOfWorkers must be set together.")]
    [InlineData("""{"GlueVersion":"2.0"}""", "Glue 2.0 can't run jobs since 2026-04-01: set GlueVersion to 5.0.")]
    [InlineData("""{"GlueVersion":"6"}""", "GlueVersion must be 4.0, 5.0 or 5.1, and is 6.")]
    [InlineData("""{"Timeout":0,"MaxRetries":11,"NumberOfWorkers":1,"ExecutionClass":"SLOW"}""",
        "NumberOfWorkers must be between 2 and 299, and is 1; MaxRetries must be between 0 and 10, and is 11; "
        + "Timeout must be between 1 and 10080 minutes, and is 0; ExecutionClass must be STANDARD or FLEX, and is SLOW.")]
    [InlineData("""{"WorkerType":"Standard"}""", "WorkerType must be one of G.1X, G.2X, G.4X, G.8X, G.12X, G.16X, R.1X, R.2X, R.4X, R.8X, and is Standard.")]
    [InlineData("""{"Command":{"Name":"glueetl","ScriptLocation":"run.py"}}""", "Command.ScriptLocation must be s3://bucket/key, and is run.py.")]
    public async Task Job_WithFaults_IsRefusedWithAllOfThem(string properties, string message)
    {
        var error = await _cloud.JsonErrorAsync("AWSGlue.CreateJob", Request("bad", properties));
        error.ShouldBe($"InvalidInputException: {message}");
        (await _cloud.JsonErrorAsync("AWSGlue.GetJob", """{"JobName":"bad"}""")).ShouldBe("EntityNotFoundException: Job bad not found.");
    }

    [Fact]
    public async Task Job_OfAnotherKind_IsRefusedByName() =>
        (await _cloud.JsonErrorAsync("AWSGlue.CreateJob", Request("shell", """{"Command":{"Name":"pythonshell","ScriptLocation":"s3://code/a.py"}}""")))
            .ShouldBe("NotImplementedByLocalCloud: The command pythonshell of job shell (Spark jobs are glueetl) is not supported by the local cloud.");

    [Fact]
    public async Task Jobs_Listed_AreFoundByTagsAndNames_UntilDeleted()
    {
        await CreateAsync("a", """{"Tags":{"zone":"clean"}}""");
        await CreateAsync("b", "{}");

        Texts((await _cloud.JsonAsync("AWSGlue.ListJobs", """{"Tags":{"zone":"clean"}}"""))["JobNames"]).ShouldBe(["a"]);
        var first = await _cloud.JsonAsync("AWSGlue.GetJobs", """{"MaxResults":1}""");
        first["Jobs"]!.AsArray().Count.ShouldBe(1);
        var batch = await _cloud.JsonAsync("AWSGlue.BatchGetJobs", """{"JobNames":["b","c"]}""");
        batch["Jobs"]!.AsArray().Select(job => (string)job!["Name"]!).ShouldBe(["b"]);
        Texts(batch["JobsNotFound"]).ShouldBe(["c"]);

        await _cloud.JsonAsync("AWSGlue.DeleteJob", """{"JobName":"a"}""");
        await _cloud.JsonAsync("AWSGlue.DeleteJob", """{"JobName":"a"}""");
        Texts((await _cloud.JsonAsync("AWSGlue.ListJobs", "{}"))["JobNames"]).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Job_Updated_IsReplacedAsAWhole()
    {
        await CreateAsync("a", """{"Description":"old","MaxRetries":2}""");
        var update = JsonNode.Parse(Request("a", """{"Timeout":5}"""))!.AsObject();
        update.Remove("Name");
        await _cloud.JsonAsync("AWSGlue.UpdateJob", new JsonObject { ["JobName"] = "a", ["JobUpdate"] = update }.ToJsonString());

        var job = (await _cloud.JsonAsync("AWSGlue.GetJob", """{"JobName":"a"}"""))["Job"]!;
        job["Description"].ShouldBeNull();
        ((int)job["MaxRetries"]!).ShouldBe(0);
        ((int)job["Timeout"]!).ShouldBe(5);
    }

    [Fact]
    public async Task RunArguments_OverrideDefaults_ButNotTheNonOverridableOnes()
    {
        await CreateAsync("a", """{"NonOverridableArguments":{"--fixed":"1"}}""");
        (await _cloud.JsonErrorAsync("AWSGlue.StartJobRun", """{"JobName":"a","Arguments":{"--fixed":"2"}}"""))
            .ShouldBe("InvalidInputException: The argument --fixed of job a is non-overridable: a run can't set it.");
        (await _cloud.JsonErrorAsync("AWSGlue.StartJobRun", """{"JobName":"none"}""")).ShouldBe("EntityNotFoundException: Job none not found.");
        (await _cloud.JsonErrorAsync("AWSGlue.GetJobRun", """{"JobName":"a","RunId":"jr_1"}""")).ShouldStartWith("EntityNotFoundException:");
    }

    [Fact]
    public async Task SecurityConfiguration_OfAJob_NamesItsLogGroups()
    {
        (await _cloud.JsonErrorAsync("AWSGlue.CreateJob", Request("a", """{"SecurityConfiguration":"s"}"""))).ShouldBe(
            "EntityNotFoundException: Security Configuration s not found.");
        (await _cloud.JsonErrorAsync("AWSGlue.CreateSecurityConfiguration", """
            {"Name":"s","EncryptionConfiguration":{"S3Encryption":[{"S3EncryptionMode":"SSE-KMS"}],"CloudWatchEncryption":{"CloudWatchEncryptionMode":"ON"}}}
            """)).ShouldBe("InvalidInputException: S3Encryption with SSE-KMS needs a KmsKeyArn; CloudWatchEncryptionMode must be one of DISABLED, SSE-KMS, and is ON.");
        await _cloud.ProvisionAsync("AWS::Glue::SecurityConfiguration", """
            {"Name":"s","EncryptionConfiguration":{"S3Encryptions":[{"S3EncryptionMode":"SSE-KMS","KmsKeyArn":"arn:aws:kms:eu-west-1:000000000000:key/k"}]}}
            """);
        await CreateAsync("a", """{"SecurityConfiguration":"s"}""");

        var run = await _cloud.JsonAsync("AWSGlue.StartJobRun", """{"JobName":"a"}""");
        await _cloud.AdvanceAsync(TimeSpan.FromSeconds(1));
        var ended = (await _cloud.JsonAsync("AWSGlue.GetJobRun", $$"""{"JobName":"a","RunId":"{{run["JobRunId"]}}" }"""))["JobRun"]!;
        ((string)ended["LogGroupName"]!).ShouldBe("/aws-glue/jobs-etl-s");
        ((string)ended["JobRunState"]!).ShouldBe("FAILED");
        (await _cloud.JsonAsync("Logs_20140328.FilterLogEvents", """{"logGroupName":"/aws-glue/jobs-etl-s/error"}"""))["events"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Template_OfAJob_MakesChangesAndDeletesIt()
    {
        var provisioner = _cloud.Provisioner("AWS::Glue::Job");
        var before = JsonNode.Parse("""
            {"Role":"etl","Command":{"Name":"glueetl","ScriptLocation":"s3://code/run.py"},"GlueVersion":"5.0","WorkerType":"G.1X","NumberOfWorkers":2,
             "DefaultArguments":{"--rebuild":false},"Tags":{"a":"1"}}
            """)!.AsObject();
        var after = before.DeepClone().AsObject();
        after["Timeout"] = 10;
        after["Tags"] = new JsonObject { ["b"] = "2" };
        var context = _cloud.Context("AWS::Glue::Job");

        var made = await provisioner.CreateAsync(context, before);
        made.PhysicalId.ShouldStartWith("test-Resource-");
        provisioner.NeedsReplacement(context, before, after).ShouldBeFalse();
        await provisioner.UpdateAsync(context, made.PhysicalId, before, after);
        var job = (await _cloud.JsonAsync("AWSGlue.GetJob", $$"""{"JobName":"{{made.PhysicalId}}"}"""))["Job"]!;
        ((int)job["Timeout"]!).ShouldBe(10);
        ((string)job["DefaultArguments"]!["--rebuild"]!).ShouldBe("false");
        (await _cloud.JsonAsync("AWSGlue.GetTags", $$"""{"ResourceArn":"arn:aws:glue:eu-west-1:000000000000:job/{{made.PhysicalId}}" }"""))["Tags"]!
            .ToJsonString().ShouldBe("""{"b":"2"}""");
        await provisioner.DeleteAsync(context, made.PhysicalId, after);
        await provisioner.DeleteAsync(context, made.PhysicalId, after);
        (await _cloud.JsonAsync("AWSGlue.ListJobs", "{}"))["JobNames"]!.AsArray().ShouldBeEmpty();
    }

    private Task<JsonNode> CreateAsync(string name, string properties) => _cloud.JsonAsync("AWSGlue.CreateJob", Request(name, properties));

    private static string Request(string name, string properties)
    {
        var request = JsonNode.Parse($$"""
            {"Name":"{{name}}","Role":"arn:aws:iam::000000000000:role/etl","GlueVersion":"5.0","WorkerType":"G.1X","NumberOfWorkers":4,
             "Command":{"Name":"glueetl","ScriptLocation":"s3://code/run.py"} }
            """)!.AsObject();
        foreach (var (property, value) in JsonNode.Parse(properties)!.AsObject())
            request[property] = value?.DeepClone();
        return request.ToJsonString();
    }

    private static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(text => (string)text!)];
}
