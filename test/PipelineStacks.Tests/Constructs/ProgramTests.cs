using System.Diagnostics;
using PipelineStacks.Tests.Synthesis;

namespace PipelineStacks.Tests.Constructs;

/// <summary>The app as the CDK's command line starts it.</summary>
[Collection(TemplateTests.Name)]
public sealed class ProgramTests
{
    [Fact]
    public async Task Program_WithBadSettings_PrintsEveryErrorOnALineAndFails()
    {
        var (code, errors) = await RunAsync("""{"environments":{"dev":{"stream":{"shard":1}},"qa":{"account":"1"}}}""");

        code.ShouldBe(1);
        errors.ShouldBe([
            "environments.dev.stream.shard = 1: unknown setting. Did you mean 'shards'?",
            "environments.qa.account = \"1\": not of the expected shape. Give the 12 digits of an account as text.",
        ]);
    }

    [Fact]
    public async Task Program_WithAnUnknownEnvironment_SaysWhereToAddIt()
    {
        var (code, errors) = await RunAsync("""{"environments":{"dev":{}},"env":"qa2"}""");

        code.ShouldBe(1);
        errors.ShouldBe(["Unknown environment 'qa2', known are dev. Add it under context.environments in cdk.json."]);
    }

    private static async Task<(int Code, string[] Errors)> RunAsync(string context)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(PipelineApp).Assembly.Location]) { RedirectStandardError = true };
        start.Environment["CDK_CONTEXT_JSON"] = context;
        start.Environment["CDK_OUTDIR"] = TemporaryFolder.New();
        // Node's age is no concern of this test.
        start.Environment["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "20";
        using var program = Process.Start(start) ?? throw new InvalidOperationException("The app didn't start.");
        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        return (program.ExitCode, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
