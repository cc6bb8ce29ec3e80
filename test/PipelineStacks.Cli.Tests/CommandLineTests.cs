using PipelineStacks.Aws;
using PipelineStacks.Aws.Athena;
using PipelineStacks.Cli.Templates;
using PipelineStacks.Cli.Tests.Fixtures;

namespace PipelineStacks.Cli.Tests;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("Unknown dataset 'film_event'. Known are film_events, play_logs, device_readings.", "generate", "film_event")]
    [InlineData("Give a dataset or a --template file. Known datasets: film_events, play_logs, device_readings.", "generate")]
    [InlineData("--broken 2: give a number from 0 to 1.\nSee: scripts/pipelines generate --help", "generate", "film_events", "--broken", "2")]
    [InlineData("--count 0: give a number above 0.", "generate", "film_events", "--count", "0")]
    [InlineData("--rate 0: give a number above 0.", "generate", "film_events", "--rate", "0")]
    [InlineData("--rate and --periodic exclude each other: give one of them.", "generate", "film_events", "--rate", "1", "--periodic", "week.json")]
    [InlineData("--direct and --s3 exclude each other: give one of them.", "generate", "film_events", "--s3", "s3://a", "--direct", "b")]
    [InlineData("--s3 /tmp: give a place such as s3://bucket/folder/.", "generate", "film_events", "--s3", "/tmp")]
    [InlineData("--files and --gzip are for files: give --s3, or a dataset that comes in files.", "generate", "film_events", "--gzip")]
    [InlineData("--files needs a --count: how many records there are in all.", "generate", "film_events", "--s3", "s3://a/b", "--files", "2")]
    [InlineData("--stream and --direct exclude each other: give one of them.", "generate", "film_events", "--stream", "a", "--direct", "b")]
    [InlineData("Unknown environment 'qa2', known are dev, qa, prod. Add it under context.environments in cdk.json.", "generate", "film_events", "--env", "qa2")]
    [InlineData("Unknown environment 'qa2', known are dev, qa, prod. Add it under context.environments in cdk.json.", "query", "SELECT 1", "--env", "qa2")]
    [InlineData("Unknown environment 'qa2', known are dev, qa, prod. Add it under context.environments in cdk.json.", "status", "--env", "qa2")]
    [InlineData("Unknown environment 'qa2', known are dev, qa, prod. Add it under context.environments in cdk.json.", "run", "--env", "qa2")]
    [InlineData("Give one query: as an argument, by --file or by --named.", "query")]
    [InlineData("Give one query: as an argument, by --file or by --named.", "query", "SELECT 1", "--named", "x")]
    [InlineData("--format xml: choose one of table|csv|json.\nSee: scripts/pipelines query --help", "query", "SELECT 1", "--format", "xml")]
    [InlineData("--port 70000: give a number from 1 to 65535.\nSee: scripts/pipelines run --help", "run", "--port", "70000")]
    [InlineData("Unknown argument '--evnts'.\nSee: scripts/pipelines run --help", "run", "--evnts", "5")]
    [InlineData("Unknown argument 'generat'.\nSee: scripts/pipelines --help", "generat", "film_events")]
    [InlineData("--count ten: give a number.\nSee: scripts/pipelines generate --help", "generate", "film_events", "--count", "ten")]
    [InlineData("--from never: give a time such as 2026-11-01T12:00Z.\nSee: scripts/pipelines generate --help", "generate", "film_events", "--from", "never")]
    [InlineData("--since soon: give a day such as 2026-11-20.", "quarantine", "list", "--since", "soon")]
    [InlineData("--format xml: choose one of text|json|mermaid.\nSee: scripts/pipelines workflow graph --help", "workflow", "graph", "--format", "xml")]
    [InlineData("--timeout 0: give a number from 0.1 to 1440.\nSee: scripts/pipelines verify --help", "verify", "--timeout", "0")]
    [InlineData("--limit many: give a number.\nSee: scripts/pipelines quarantine show --help", "quarantine", "show", "film_events", "--limit", "many")]
    [InlineData("--broken lots: give a number.\nSee: scripts/pipelines generate --help", "generate", "film_events", "--broken", "lots")]
    public async Task Input_ThatCannotBeUsed_IsOneLineAndExitCode2(string expected, params string[] arguments)
    {
        var (code, output, error) = await Fixtures.Cli.RunAsync(arguments);
        error.TrimEnd().ReplaceLineEndings("\n").ShouldBe(expected);
        code.ShouldBe(ExitCode.BadInput);
        output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pipeline_ThatTheEnvironmentHasNot_IsRefusedWithThoseThatItHas()
    {
        var (code, _, error) = await Fixtures.Cli.RunAsync("verify", "--pipeline", "film_events");
        error.ShouldStartWith("--pipeline film_events: choose one of film-events|sakila|");
        error.TrimEnd().ShouldEndWith(", which are those of dev.");
        code.ShouldBe(ExitCode.BadInput);
    }

    [Fact]
    public async Task Template_ThatIsMalformed_IsOneLineAndExitCode2()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{\n  \"a\": {{random.numbr}}\n}");
        var (code, _, error) = await Fixtures.Cli.RunAsync("generate", "--template", file, "--dry-run", "--count", "1");
        File.Delete(file);
        error.TrimEnd().ShouldBe("The template is wrong at line 2, column 10: unknown method 'random.numbr'. Did you mean 'random.number'?");
        code.ShouldBe(ExitCode.BadInput);
    }

    [Theory]
    [InlineData("generate", "film_events", "--count", "1")]
    [InlineData("query", "SELECT 1")]
    [InlineData("status")]
    [InlineData("verify")]
    public async Task Endpoint_WhereNothingAnswers_IsOneLineAndExitCode3(params string[] arguments)
    {
        var (code, _, error) = await Fixtures.Cli.RunAsync(arguments);
        error.TrimEnd().ShouldMatch("^Nothing answers at http://127.0.0.1:\\d+. Start it with scripts/local-cloud, or unset AWS_ENDPOINT_URL to use AWS.$");
        code.ShouldBe(ExitCode.Unavailable);
    }

    [Theory]
    [InlineData("streaming", "generate", "film_events")]
    [InlineData("storage", "verify")]
    public async Task Environment_ThatIsNotDeployed_IsSaidWithTheCommand(string stack, params string[] command)
    {
        using var service = new FakeService((400, "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack with id x does not exist</Message></Error></ErrorResponse>", null));
        var (code, _, error) = await Fixtures.Cli.RunAsync(new Dictionary<string, string?> { ["AWS_ENDPOINT_URL"] = service.Url }, null, [.. command, "--env", "qa"]);
        error.TrimEnd().ShouldBe($"Environment 'qa' is not deployed at {service.Url}: there is no stack pipelines-qa-{stack}. Deploy it: npx cdk deploy \"Qa/*\"");
        code.ShouldBe(ExitCode.Unavailable);
    }

    [Theory]
    [InlineData("generate", "pipelines generate film_events --count 100000")]
    [InlineData("query", "pipelines query --named film_events_by_day --format csv > by-day.csv")]
    [InlineData("status", "pipelines status --env prod --hours 1 --format json")]
    [InlineData("verify", "pipelines verify --env qa --junit verify.xml --json verify.json")]
    [InlineData("run", "scripts/run --events 10000 --broken 0.001")]
    public async Task Help_OfACommand_EndsInExamples(string command, string example)
    {
        var (code, output, _) = await Fixtures.Cli.RunAsync(command, "--help");
        output.ShouldContain("Examples:");
        output.ShouldContain(example);
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Generate_WithJson_KeepsStandardOutputForPrograms()
    {
        var (code, output, error) = await Fixtures.Cli.RunAsync("generate", "film_events", "--dry-run", "--count", "1000", "--seed", "1", "--format", "json");
        var report = System.Text.Json.JsonDocument.Parse(output).RootElement;
        report.GetProperty("sent").GetInt64().ShouldBe(1000);
        report.GetProperty("accepted").GetInt64().ShouldBe(1000);
        error.ShouldStartWith("Sending 1,000 records to nowhere, seed 1 ...");
        error.ShouldContain("\"film_id\": ", Case.Sensitive, "a record is shown");
        code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public void Failures_ByTheirReason_HaveTheirCodeAndMessage()
    {
        Failures.Explain(new UserError(ExitCode.Failed, "mine")).ShouldBe((ExitCode.Failed, "mine"));
        Failures.Explain(new TemplateException("t")).ShouldBe((ExitCode.BadInput, "t"));
        Failures.Explain(new QueryFailedException("no such table", "FAILED")).ShouldBe((ExitCode.Failed, "Athena: no such table"));
        Failures.Explain(new AwsException("Kinesis", "PutRecords", "ResourceNotFoundException", "gone", 400)).ShouldBe((ExitCode.Failed, "Kinesis PutRecords: gone (ResourceNotFoundException)"));
        Failures.Explain(new AwsException("Athena", "StartQueryExecution", "AccessDeniedException", "no", 400))
            .ShouldBe((ExitCode.Unavailable, "Athena StartQueryExecution: no (AccessDeniedException). Check the credentials and what their policy allows."));
        Failures.Explain(new OperationCanceledException()).ShouldBe((ExitCode.Cancelled, "Stopped."));
        var (code, message) = Failures.Explain(new InvalidOperationException("oops"));
        code.ShouldBe(ExitCode.Bug);
        message.ShouldStartWith("This is a bug of pipelines, please report it with the lines that follow.");
        message.ShouldContain("System.InvalidOperationException: oops");
    }
}
