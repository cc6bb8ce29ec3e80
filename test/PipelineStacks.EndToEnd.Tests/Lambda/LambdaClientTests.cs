using System.IO.Compression;
using System.Text.Json.Nodes;
using PipelineStacks.EndToEnd.Tests.Fixtures;

namespace PipelineStacks.EndToEnd.Tests.Lambda;

/// <summary>Functions as awscli and boto3 know them, in a cloud of its own process that is killed.</summary>
public sealed class LambdaClientTests : IAsyncLifetime
{
    private const string Template = """
        {"Resources":{
          "Role":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"runner","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}}},
          "Group":{"Type":"AWS::Logs::LogGroup","Properties":{"LogGroupName":"/functions/counted"}},
          "Function":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":"counted","Runtime":"nodejs22.x","Handler":"app/main.handler",
            "Role":{"Fn::GetAtt":["Role","Arn"]},"Timeout":20,"LoggingConfig":{"LogGroup":{"Ref":"Group"}},
            "Environment":{"Variables":{"WHO":"world"}},"Code":{"S3Bucket":"code","S3Key":"main.zip"}}}},
         "Outputs":{"Arn":{"Value":{"Fn::GetAtt":["Function","Arn"]}}}}
        """;

    private const string Source = """
        import { writeFileSync } from 'node:fs';
        let calls = 0;
        export async function handler(event) {
          console.log('asked', event);
          if (event.file) {
            writeFileSync(event.file, String(process.pid));
            for (;;);
          }
          return { hello: process.env.WHO, calls: ++calls, pid: process.pid };
        }
        """;

    private readonly LocalCloudProcess _cloud = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("lambda-client-").FullName;

    public async Task InitializeAsync()
    {
        await _cloud.InitializeAsync();
        var zip = Path.Combine(_folder, "main.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            await using var writer = new StreamWriter(archive.CreateEntry("app/main.mjs").Open());
            await writer.WriteAsync(Source);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "template.json"), Template);
        (await _cloud.AwsAsync("s3", "mb", "s3://code")).Succeeded();
        (await _cloud.AwsAsync("s3", "cp", zip, "s3://code/main.zip")).Succeeded();
        (await _cloud.AwsAsync("cloudformation", "deploy", "--stack-name", "functions", "--template-file", Path.Combine(_folder, "template.json"),
            "--capabilities", "CAPABILITY_NAMED_IAM")).Succeeded();
    }

    public async Task DisposeAsync()
    {
        await _cloud.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Function_OfATemplate_IsInvokedByAwscliAndBoto3()
    {
        (await _cloud.AwsAsync("lambda", "wait", "function-active-v2", "--function-name", "counted")).Succeeded();

        var invoked = await InvokeAsync("{}");
        invoked["hello"]!.GetValue<string>().ShouldBe("world");

        var answer = (await _cloud.PythonAsync("""
            import base64
            answer = client("lambda").invoke(FunctionName="counted", Payload=b'{"n": 2}', LogType="Tail")
            print(json.loads(answer["Payload"].read())["calls"], answer["StatusCode"], answer["ExecutedVersion"])
            print(base64.b64decode(answer["LogResult"]).decode())
            try:
                client("lambda").get_function(FunctionName="none")
            except client("lambda").exceptions.ResourceNotFoundException as error:
                print(error)
            """)).Succeeded();
        answer.ShouldStartWith("2 200 $LATEST");
        answer.ShouldContain("INFO\tasked { n: 2 }");
        answer.ShouldContain("Function not found: arn:aws:lambda:eu-west-1:000000000000:function:none");
        (await _cloud.AwsAsync("logs", "tail", "/functions/counted")).Succeeded().ShouldContain("asked { n: 2 }");
    }

    [Fact]
    public async Task Processes_EndWithTheCloud_WhateverTheyAreBusyWith()
    {
        var file = Path.Combine(_folder, "pid");
        (await _cloud.AwsAsync("lambda", "invoke", "--function-name", "counted", "--invocation-type", "Event", "--cli-binary-format",
            "raw-in-base64-out", "--payload", $$"""{"file":"{{file}}"}""", Path.Combine(_folder, "out"))).Succeeded();
        await Wait.UntilAsync(() => File.Exists(file) && File.ReadAllText(file).Length > 0);
        var busy = int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture);
        Directory.Exists($"/proc/{busy}").ShouldBeTrue();

        await _cloud.KillAsync();

        await Wait.UntilAsync(() => !Directory.Exists($"/proc/{busy}"));
        await _cloud.StartAsync();
        (await InvokeAsync("{}"))["hello"]!.GetValue<string>().ShouldBe("world");
    }

    private async Task<JsonNode> InvokeAsync(string payload)
    {
        var output = Path.Combine(_folder, "answer.json");
        (await _cloud.AwsAsync("lambda", "invoke", "--function-name", "counted", "--cli-binary-format", "raw-in-base64-out", "--payload", payload, output)).Succeeded();
        return JsonNode.Parse(await File.ReadAllTextAsync(output))!;
    }
}
