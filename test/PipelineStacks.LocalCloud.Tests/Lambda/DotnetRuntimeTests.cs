using System.IO.Compression;

namespace PipelineStacks.LocalCloud.Tests.Lambda;

public sealed class DotnetRuntimeTests(TestCloud cloud) : IClassFixture<TestCloud>
{
    // Slow to start where the machine is busy: the limits of other tests are not this runtime's.
    private const string Settings = ",\"MemorySize\":512,\"Timeout\":60";

    [Fact]
    public async Task Handler_OfAnInstance_IsKeptWarm_AndLogs()
    {
        var name = await Function("Greet");

        (await cloud.InvokeAsync(name, """{"name":"Anna"}""")).Body.ShouldBe("""{"greeting":"Hello, Anna","calls":1}""");
        var second = await cloud.InvokeAsync(name, """{"name":"Ben"}""");

        second.Body.ShouldBe("""{"greeting":"Hello, Ben","calls":2}""");
        second.Log.ShouldContain("greeting Ben\n");
        second.Log.ShouldNotContain("Anna");
    }

    [Theory]
    [InlineData("Fail", "InvalidOperationException", "on purpose")]
    [InlineData("Wrong", "LambdaValidationException", "must take a Stream or nothing")]
    [InlineData("Missing", "LambdaValidationException", "Failed to find method 'Missing' in type 'SampleFunction.Handlers'.")]
    public async Task Failure_OfTheCode_IsAnswered(string method, string type, string message)
    {
        var invoked = await cloud.InvokeAsync(await Function(method), "[]");

        invoked.Error.ShouldBe("Unhandled");
        invoked.Json["errorType"]!.GetValue<string>().ShouldBe(type);
        invoked.Json["errorMessage"]!.GetValue<string>().ShouldContain(message);
    }

    private Task<string> Function(string method)
    {
        // Built beside the tests, as dotnet publish would build it, and never loaded by them.
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        var built = Path.Combine(folder.Parent!.Parent!.FullName, "SampleFunction", folder.Name);
        using var zip = new MemoryStream();
        ZipFile.CreateFromDirectory(built, zip);
        return cloud.CreateAsync(zip.ToArray(), "dotnet10", $"SampleFunction::SampleFunction.Handlers::{method}", Settings);
    }
}
